/** A client whose schema the server cannot serve is let in. Expected, by the documentation: its connection is refused with SCHEMA_MISMATCH. */
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
const number = { type: 'number', config: {} };
const collectionOf = (properties: object) => ({ schema: { type: 'record', config: {}, properties } });
const schema = { collections: { todos: collectionOf({ id: text, estimate: number }) }, roles: {} };
const todos = collectionOf({ id: text, text });
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member' }), logLevel: 'none', schema: { todos } });
let told = 'nothing';
client.onSessionError((type) => {
  told = type;
});
await wait(500);
console.log('the client is', client.connectionStatus, 'and was told', told);
const deviates = client.connectionStatus === 'OPEN' && told === 'nothing';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
