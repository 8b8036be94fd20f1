/** The server takes a text that is not of the enum of its attribute from a client whose schema is older. Expected: it refuses it. */
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
const assignee = { type: 'string', config: { enum: ['ann', 'ben'] } };
const collectionOf = (properties: object) => ({ schema: { type: 'record', config: {}, properties } });
const schema = { collections: { todos: collectionOf({ id: text, assignee }) }, roles: {} };
const todos = collectionOf({ id: text, assignee: text });
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member' }), logLevel: 'none', schema: { todos } });
let told = 'nothing';
client.onFailureToSyncWrites((error) => {
  told = error.name;
});
await wait(300);
await client.insert('todos', { id: 'milk', assignee: 'cas' });
await wait(500);
const held = await owner.http.fetch(client.query('todos'));
console.log('a failure was told:', told, 'and the server holds', JSON.stringify(held));
const deviates = held.length > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
