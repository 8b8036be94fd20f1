/** A client's change in the millisecond of an owner's write is acknowledged and dropped. Expected: what is acknowledged is kept. */
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
const now = Date.now();
Date.now = () => now;
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
for (const id of ['other', 'milk'])
  await fetch('http://localhost:6543/bulk-insert', { method: 'POST', headers, body: JSON.stringify({ todos: [{ id, text: 'a' }] }) });
client.subscribe(client.query('todos'), () => {});
await wait(300);
let isSynced = false;
client.onEntitySyncSuccess('todos', 'milk', () => (isSynced = true));
await client.update('todos', 'milk', (row) => void Object.assign(row, { text: 'b' }));
await wait(300);
const { text } = (await client.http.fetch(client.query('todos'))).find(({ id }) => id === 'milk') ?? {};
console.log('acknowledged:', isSynced, '| the server holds', text);
const deviates = isSynced && text !== 'b';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
