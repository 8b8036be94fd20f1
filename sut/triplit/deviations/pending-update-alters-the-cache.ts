/** An update that waits is written into the cached row itself, so that undoing it changes nothing. Expected: the row as it was. */
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
const permissions = { member: { read: { filter: [true] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
const client = new TriplitClient({ serverUrl, token: sign({ role: 'member' }), logLevel: 'none', schema: { todos } });
let shown: unknown;
await owner.http.insert('todos', { id: 'milk', text: 'first' });
client.subscribe(client.query('todos'), () => {});
await wait(300);
// Begins with what the cache holds.
client.subscribe(client.query('todos').Where('text', '!=', 'third'), (rows) => {
  shown = rows[0];
});
client.onFailureToSyncWrites(() => client.clearPendingChangesForEntity('todos', 'milk'));
await wait(300);
await client.update('todos', 'milk', (row) => void Object.assign(row, { text: 'second' }));
await wait(500);
console.log('the update was refused and undone; shown is', JSON.stringify(shown));
const deviates = !JSON.stringify(shown).includes('first');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
