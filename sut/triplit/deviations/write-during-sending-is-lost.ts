/** A write made in a results callback, just when another one is sent, is told as synced and never sent. Expected: it is sent. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const body = `${encode({ alg: 'HS256' })}.${encode({ sub: 'ann', 'x-triplit-token-type': 'secret' })}`;
const token = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const properties = { id: { type: 'string', config: {} }, text: { type: 'string', config: {} } };
const collections = { todos: { schema: { type: 'record', config: {}, properties } } };
const dbOptions = { schema: { collections } };
const server = (await createServer({ jwtSecret: 'secret', dbOptions, logHandler: { log: () => {} } }))(6543);
const newClient = () => new TriplitClient({ serverUrl: 'http://localhost:6543', token, logLevel: 'none', schema: collections });
const client = newClient();
await wait(300);
let synced = false;
client.onEntitySyncSuccess('todos', 'rent', () => (synced = true));
let hasWritten = true;
client.subscribe(client.query('todos'), () => {
  if (!hasWritten) void client.insert('todos', { id: 'rent', text: 'b' });
  hasWritten = true;
});
await wait(300);
hasWritten = false;
await client.insert('todos', { id: 'milk', text: 'a' });
await wait(600);
const held = (await client.http.fetch(client.query('todos'))).map(({ id }: { id: string }) => id).join(' ');
console.log('rent is told as synced:', synced, '| the server holds', held);
const deviates = synced && !held.includes('rent');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
