/** onRemoteFulfilled is called at every change that the server sends. Expected (docs): when the server has first sent back results. */
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
let calls = 0;
client.subscribe(
  client.query('todos'),
  () => {},
  () => {},
  { onRemoteFulfilled: () => (calls += 1) },
);
await wait(500);
for (const id of ['milk', 'rent', 'taxes']) {
  await client.insert('todos', { id, text: 'a' });
  await wait(200);
}
console.log('calls', calls);
const deviates = calls > 1;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
