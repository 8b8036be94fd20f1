/** A query that is invalid by the schema ends in a rejection that nobody handles. Expected: the onError that subscribe was given. */
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
await wait(300);
let unhandled = '';
let told = '';
process.on('unhandledRejection', (problem) => (unhandled = problem instanceof Error ? problem.name : String(problem)));
client.subscribe(
  client.query('todos').Where('text', 'has', 'a'),
  () => {},
  (error) => (told = error.name),
);
await wait(300);
console.log('onError:', told || 'nothing', '| unhandled:', unhandled || 'nothing');
const deviates = unhandled !== '' && told === '';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
