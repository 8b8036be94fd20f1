/** Where a rule looks at the row to be deleted, a delete of a row that is gone fails as an unknown error. Expected: it has no effect. */
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
const properties = { id: text, assignee: text };
const permissions = { member: { read: { filter: [true] }, delete: { filter: [['assignee', '=', '$token.sub']] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member', sub: 'ann' }), logLevel: 'none', schema: { todos } });
let told = 'success';
await owner.http.insert('todos', { id: 'milk', assignee: 'ann' });
client.subscribe(client.query('todos'), () => {});
await wait(300);
client.disconnect();
await owner.http.delete('todos', 'milk');
await client.delete('todos', 'milk');
client.onFailureToSyncWrites((error) => {
  told = `${error.name}: ${error.message}`;
});
client.connect();
await wait(500);
console.log('the second delete:', told);
const deviates = told !== 'success';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
