/** startSession with the same token and connect = false neither closes nor keeps from connecting. Expected: a session without connection. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const sign = (claims: object, secret = 'secret', alg = 'HS256') => {
  const body = `${encode({ alg })}.${encode(claims)}`;
  return `${body}.${createHmac(alg.replace('HS', 'sha'), secret).update(body).digest('base64url')}`;
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const schema = { collections: {}, roles: { member: { match: { role: 'member', sub: '$user' } } } };
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', autoConnect: false, logLevel: 'none' });
const ann = { role: 'member', sub: 'ann' };
const statuses: string[] = [];
client.onConnectionStatusChange((status) => statuses.push(status));

const token = sign(ann);
await client.startSession(token);
await wait(300);
await client.startSession(token, false);
await wait(300);
const isKept = client.connectionStatus === 'OPEN';
// And where there is no connection, one is begun.
await client.startSession(sign({ ...ann, n: 2 }), false);
await client.startSession(sign({ ...ann, n: 2 }), false);
await wait(300);
const isBegun = client.connectionStatus === 'OPEN';
console.log(statuses.join(' '));
const deviates = isKept || isBegun;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
