/** A row that its writer may insert but not read stays in its results for good. Expected: it leaves them once the server has it. */
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
const permissions = { member: { read: { filter: [['assignee', '=', '$token.sub']] }, insert: { filter: [true] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member', sub: 'ann' }), logLevel: 'none', schema: { todos } });
let shown: unknown[] = [];
client.subscribe(client.query('todos'), (rows) => {
  shown = rows;
});
await wait(300);
client.onEntitySyncSuccess('todos', 'milk', () => console.log('the server has it'));
await client.insert('todos', { id: 'milk', assignee: 'ben' });
await wait(500);
console.log('shown:', JSON.stringify(shown), 'the server lets read:', JSON.stringify(await client.http.fetch(client.query('todos'))));
const deviates = shown.length > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
