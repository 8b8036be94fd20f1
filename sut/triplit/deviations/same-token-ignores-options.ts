/** startSession with the same token ignores connect = false and new refreshOptions. Expected: no connection, and the new handler. */
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

let calls = 0;
const refreshHandler = async () => {
  calls += 1;
  return sign({ ...ann, calls });
};
const token = sign(ann);
await client.startSession(token);
await wait(300);
await client.startSession(token, true, { interval: 1000, refreshHandler });
await wait(2500);
// Where there is no connection, one is begun.
const another = sign({ ...ann, n: 2 });
await client.startSession(another, false);
await client.startSession(another, false);
await wait(300);
console.log('calls of the new handler', calls, '| status of a session without connection', client.connectionStatus);
const deviates = calls === 0 || client.connectionStatus === 'OPEN';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
