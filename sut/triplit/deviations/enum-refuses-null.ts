/** A push that gives a nullable attribute an enum is refused where a row holds null. Expected: null is allowed, so that the row fits. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const sign = (claims: object) => {
  const body = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
};
const text = { type: 'string', config: {} };
const properties = { id: text, assignee: { type: 'string', config: { nullable: true } } };
const permissions = {};
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const enumerated = { type: 'string', config: { nullable: true, enum: ['ann', 'ben'] } };
const pushed = { ...todos, schema: { ...todos.schema, properties: { id: text, assignee: enumerated } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
await owner.http.insert('todos', { id: 'milk', assignee: null });
const headers = { authorization: `Bearer ${owner.token}` };
const push = { method: 'POST', headers, body: JSON.stringify({ schema: { ...schema, collections: { todos: pushed } } }) };
const { successful, code } = await (await fetch(`${serverUrl}/override-schema`, push)).json();
console.log('the push was', successful ? 'accepted' : 'refused', code);
const deviates = !successful;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
