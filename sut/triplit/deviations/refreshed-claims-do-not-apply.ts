/** After updateSessionToken the server goes on by the claims of the old token. Expected: rows are those that the new claims may read. */
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
const properties = { id: text, team: text };
const permissions = { member: { read: { filter: [['team', '=', '$token.team']] } } };
const todos = { schema: { type: 'record', config: {}, properties }, permissions };
const schema = { collections: { todos }, roles: { member: { match: { role: 'member' } } } };
const serverUrl = 'http://localhost:6543';
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const owner = new TriplitClient({ serverUrl, autoConnect: false, token: sign({ 'x-triplit-token-type': 'secret' }), logLevel: 'none' });
const token = sign({ role: 'member', sub: 'ann', team: 'red' });
const client = new TriplitClient({ serverUrl, token, logLevel: 'none', schema: { todos } });
let shown: { id: string }[] = [];
client.subscribe(client.query('todos'), (rows) => {
  shown = rows;
});
await wait(300);
await client.updateSessionToken(sign({ role: 'member', sub: 'ann', team: 'blue' }));
await wait(300);
await owner.http.insert('todos', { id: 'milk', team: 'red' });
await owner.http.insert('todos', { id: 'rent', team: 'blue' });
await wait(500);
console.log('ann, who went over to the blue team, is shown', JSON.stringify(shown));
const deviates = shown.some(({ id }) => id === 'milk');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
