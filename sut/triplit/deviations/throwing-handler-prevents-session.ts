/** startSession with an expired token and a refreshHandler that throws begins no session and asks no more. Expected: it goes on asking. */
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
const serverUrl = 'http://localhost:6543';
const ann = { role: 'member', sub: 'ann' };

let calls = 0;
let unhandled = 'nothing';
process.on('unhandledRejection', (problem) => {
  unhandled = String(problem);
});
const refreshHandler = async () => {
  calls += 1;
  if (calls === 1) throw new Error('no network just now');
  return sign(ann);
};
const token = sign({ ...ann, exp: Math.floor(Date.now() / 1000) - 60 });
// The constructor calls startSession.
const client = new TriplitClient({ serverUrl, token, refreshOptions: { interval: 1000, refreshHandler }, logLevel: 'none' });
await wait(2500);
console.log('calls', calls, '| status', client.connectionStatus, '| unhandled:', unhandled);
const deviates = client.connectionStatus === 'UNINITIALIZED' && calls === 1;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
