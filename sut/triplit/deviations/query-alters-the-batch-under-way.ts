/** A query writes an update that waits into the batch under way, which goes out with it; then the update is sent again. Expected: once. */
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
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', token, logLevel: 'none', schema: collections });
const sent: string[] = [];
await wait(300);
client.onSyncMessageSent((message) => {
  if (message.type !== 'CHANGES') return;
  sent.push(JSON.stringify(message));
  // The first batch is on its way; whoever has said goodbye hears no acknowledgement any more.
  if (sent.length === 1) client.disconnect();
});
await client.insert('todos', { id: 'milk', text: 'first' });
await wait(300);
await client.update('todos', 'milk', (row) => void Object.assign(row, { text: 'second' }));
await client.fetch(client.query('todos'));
client.connect();
await wait(600);
const times = sent.filter((message) => message.includes('second')).length;
console.log('batches sent:', sent.length, '| those that hold the update:', times);
console.log(times > 1 ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
