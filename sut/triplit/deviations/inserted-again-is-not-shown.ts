/** A row that is deleted and inserted again before either was sent is left out of local results. Expected: it is shown. */
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
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', token, autoConnect: false, logLevel: 'none', schema: collections });
let shown: readonly unknown[] = [];
// The row is one that this client has not fetched.
await client.delete('todos', 'milk');
await client.insert('todos', { id: 'milk', text: 'first' });
client.subscribe(client.query('todos'), (rows) => (shown = rows));
await wait(100);
const offline = shown.length;
client.connect();
await wait(500);
const held = await client.http.fetch(client.query('todos'));
console.log('rows shown offline', offline, '| the server holds', held.length, '| rows shown then', shown.length);
console.log(offline === 0 || shown.length < held.length ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
