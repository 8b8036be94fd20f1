/** A batch whose acknowledgement was lost is sent and applied again, over a later write. Expected: each write is applied once. */
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
const other = newClient();
await wait(300);
for (const one of [client, other]) one.subscribe(one.query('todos'), () => {});
await wait(300);
await client.insert('todos', { id: 'milk', text: 'first' });
await wait(300);
const disconnected = client.onSyncMessageSent((message) => {
  // The write is on its way; whoever has said goodbye hears no acknowledgement any more.
  if (message.type === 'CHANGES') client.disconnect();
});
await client.update('todos', 'milk', (row) => void Object.assign(row, { text: 'second' }));
await wait(300);
disconnected();
await other.update('todos', 'milk', (row) => void Object.assign(row, { text: 'third' }));
await wait(300);
client.connect();
await wait(600);
const [{ text }] = await other.http.fetch(other.query('todos'));
console.log('the last write was third; the server holds', text);
const deviates = text !== 'third';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
