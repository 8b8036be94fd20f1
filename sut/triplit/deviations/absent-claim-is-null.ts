/** A rule about a claim that the token lacks lets through the rows without a value. Expected: who is nobody owns nothing. */
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
const properties = { id: text, assignee: { type: 'string', config: { nullable: true } } };
const permissions = { guest: { read: { filter: [['assignee', '=', '$token.sub']] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { guest: { match: { role: 'guest' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
const client = new TriplitClient({ serverUrl, token: sign({ role: 'guest' }), logLevel: 'none', schema: { todos } });
let shown: unknown[] = [];
await owner.http.insert('todos', { id: 'milk', assignee: null });
await owner.http.insert('todos', { id: 'rent', assignee: 'ann' });
client.subscribe(client.query('todos'), (rows) => {
  shown = rows;
});
await wait(500);
console.log('a guest without the claim sub is shown', JSON.stringify(shown));
const deviates = shown.length > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
