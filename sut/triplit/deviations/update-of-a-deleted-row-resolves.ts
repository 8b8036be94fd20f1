/** An update of a row whose deletion was not sent yet resolves. Expected: EntityNotFoundError, as for any row that is not there. */
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
client.subscribe(client.query('todos'), () => {});
await client.insert('todos', { id: 'milk', text: 'a' });
await wait(300);
client.disconnect();
await client.delete('todos', 'milk');
const update = client.update('todos', 'milk', (row) => void Object.assign(row, { text: 'b' }));
const outcome = await update.then(
  () => 'resolved',
  (error: Error) => error.name,
);
const rows = await client.fetch(client.query('todos'));
console.log('the update of the deleted row:', outcome, '| rows', rows);
const deviates = outcome === 'resolved';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
