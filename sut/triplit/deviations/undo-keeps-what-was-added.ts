/** After a refused write was undone, its row goes on showing attributes that the write had added. Expected: the row as it was. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const sign = (claims: object) => {
  const body = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const text = { type: 'string', config: {} };
const properties = { id: text, text, note: { type: 'string', config: { optional: true } } };
const permissions = { member: { read: { filter: [true] }, insert: { filter: [true] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member' }), logLevel: 'none', schema: { todos } });
let shown: unknown;
client.subscribe(client.query('todos'), (rows) => {
  shown = rows[0];
});
client.onFailureToSyncWrites(() => client.clearPendingChangesForEntity('todos', 'milk'));
await wait(300);
await client.insert('todos', { id: 'milk', text: 'first' });
await wait(300);
await client.update('todos', 'milk', (row) => void Object.assign(row, { text: 'second', note: 'added' }));
await wait(500);
const held = await client.fetchById('todos', 'milk', { policy: 'local-only' });
console.log('the subscription shows', JSON.stringify(shown), 'and the client holds', JSON.stringify(held));
const deviates = JSON.stringify(shown) !== JSON.stringify(held);
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
