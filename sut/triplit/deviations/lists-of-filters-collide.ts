/** Two queries that differ in the list of an `in` alone are taken for one. Expected: each shows its own rows. */
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
await client.insert('todos', { id: 'milk', text: 'a' });
await client.insert('todos', { id: 'rent', text: 'b' });
let shown = 'nothing';
const of = (text: string) => client.query('todos').Where('text', 'in', [text]);
client.subscribe(of('a'), () => {});
client.subscribe(of('b'), (rows) => (shown = rows.map(({ id }: { id: string }) => id).join(' ')));
await wait(600);
const fetched = (await client.fetch(of('b'))).map(({ id }: { id: string }) => id).join(' ');
console.log('a subscription to the rows whose text is b shows', shown, '| fetch:', fetched);
const deviates = shown !== 'rent';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
