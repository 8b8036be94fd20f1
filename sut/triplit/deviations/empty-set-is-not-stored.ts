/** An empty set that is assigned to an attribute without a value is not stored. Expected: the attribute is an empty set. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const body = `${encode({ alg: 'HS256' })}.${encode({ sub: 'ann', 'x-triplit-token-type': 'secret' })}`;
const token = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
const properties = {
  id: { type: 'string', config: {} },
  text: { type: 'string', config: {} },
  tags: { type: 'set', items: { type: 'string', config: {} }, config: { optional: true } },
};
const collections = { todos: { schema: { type: 'record', config: {}, properties } } };
const dbOptions = { schema: { collections } };
const server = (await createServer({ jwtSecret: 'secret', dbOptions, logHandler: { log: () => {} } }))(6543);
const newClient = () => new TriplitClient({ serverUrl: 'http://localhost:6543', token, logLevel: 'none', schema: collections });
const client = newClient();
await client.insert('todos', { id: 'milk', text: 'a' });
await client.update('todos', 'milk', (row) => void Object.assign(row, { tags: new Set() }));
const { tags } = await client.fetchById('todos', 'milk');
console.log('tags after an empty set was assigned:', tags);
const deviates = tags === undefined;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
