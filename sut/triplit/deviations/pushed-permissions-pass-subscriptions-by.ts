/** Permissions that are pushed do not reach subscriptions that live. Expected: rows that may no longer be read are no longer sent. */
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
const properties = { id: text, text };
const permissions = { member: { read: { filter: [true] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member' }), logLevel: 'none', schema: { todos } });
let shown: unknown[] = [];
client.subscribe(client.query('todos'), (rows) => {
  shown = rows;
});
await wait(300);
const closed = { ...schema, collections: { todos: { ...todos, permissions: {} } } };
const headers = { authorization: `Bearer ${owner.token}` };
await fetch(`${serverUrl}/override-schema`, { method: 'POST', headers, body: JSON.stringify({ schema: closed }) });
await owner.http.insert('todos', { id: 'milk', text: 'first' });
await wait(500);
console.log('nobody may read any more; shown is', JSON.stringify(shown));
const deviates = shown.length > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
