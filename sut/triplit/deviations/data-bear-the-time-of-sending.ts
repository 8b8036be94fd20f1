/** Rows are stamped with the wall clock at their sending; after the server's clock was set back, clients drop them. Expected: they are shown. */
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
const other = newClient();
let shown: readonly unknown[] = [];
client.subscribe(client.query('todos'), (rows) => (shown = rows));
other.subscribe(other.query('todos'), () => {});
await wait(300);
await other.insert('todos', { id: 'milk', text: 'first' });
await wait(300);
// The clock of the server is set back by a minute, as a time service may do.
const now = Date.now;
Date.now = () => now() - 60_000;
await other.update('todos', 'milk', (row) => void Object.assign(row, { text: 'second' }));
await wait(300);
const [{ text: held }] = await client.http.fetch(client.query('todos'));
const [{ text }] = shown as { text: string }[];
console.log('the server holds', held, '| the other client shows', text);
const deviates = held === 'second' && text !== 'second';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
