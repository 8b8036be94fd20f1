/** onEntitySyncError is not told of a delete that was refused. Expected: it is told of each write of that entity that fails to sync. */
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
const properties = { id: text, text };
const permissions = { member: { read: { filter: [true] }, insert: { filter: [true] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member' }), logLevel: 'none', schema: { todos } });
const told: string[] = [];
client.subscribe(client.query('todos'), () => {});
await wait(300);
await client.insert('todos', { id: 'milk', text: 'first' });
await wait(300);
client.onFailureToSyncWrites((error) => void told.push(`onFailureToSyncWrites ${error.name}`));
client.onEntitySyncError('todos', 'milk', () => void told.push('onEntitySyncError'));
await client.delete('todos', 'milk');
await wait(500);
console.log('told:', told.join(', '));
const deviates = !told.includes('onEntitySyncError');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
