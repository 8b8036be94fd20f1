/** Queries that compare with null and with the text 'null' are taken for one. Expected: the server is asked for both. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const body = `${encode({ alg: 'HS256' })}.${encode({ sub: 'ann', 'x-triplit-token-type': 'secret' })}`;
const token = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const properties = {
  id: { type: 'string', config: {} },
  text: { type: 'string', config: {} },
  owner: { type: 'string', config: { nullable: true } },
};
const collections = { todos: { schema: { type: 'record', config: {}, properties } } };
const dbOptions = { schema: { collections } };
const server = (await createServer({ jwtSecret: 'secret', dbOptions, logHandler: { log: () => {} } }))(6543);
const newClient = () => new TriplitClient({ serverUrl: 'http://localhost:6543', token, logLevel: 'none', schema: collections });
const client = newClient();
await wait(300);
await client.http.insert('todos', { id: 'milk', text: 'a', owner: 'null' });
let shown: readonly unknown[] = [];
client.subscribe(client.query('todos').Where('owner', '=', null), () => {});
client.subscribe(client.query('todos').Where('owner', '=', 'null'), (rows) => (shown = rows));
await wait(600);
console.log('rows whose owner is the text null:', shown);
const deviates = shown.length === 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
