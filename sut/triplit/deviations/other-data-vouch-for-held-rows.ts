/** A row held from before is taken for current if data of another query came after it had changed. Expected: it is brought up to date. */
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
await client.http.insert('todos', { id: 'milk', text: 'old' });
const follow = (id: string, onText = (_text: unknown): void => {}) =>
  client.subscribe(client.query('todos').Where('id', '=', id), ([row]) => onText(row?.text));
const unsubscribe = follow('milk');
await wait(300);
unsubscribe();
await client.http.update('todos', 'milk', { text: 'new' });
await wait(300);
follow('rent');
await wait(300);
let shown: unknown;
follow('milk', (text) => (shown = text));
await wait(600);
const [{ text: held }] = await client.http.fetch(client.query('todos'));
console.log('the server holds', held, '| the client shows', shown);
const deviates = held === 'new' && shown === 'old';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
