/** A refreshHandler that throws once ends the refreshing, by a rejection that nobody handles. Expected: it is asked again. */
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
let unhandled = '';
process.on('unhandledRejection', (problem) => {
  unhandled = String(problem);
});
const refreshHandler = async () => {
  calls += 1;
  if (calls === 1) throw new Error('no network just now');
  return sign({ ...ann, calls });
};
await client.startSession(sign(ann), true, { interval: 1000, refreshHandler });
await wait(4500);
console.log('calls', calls, '| unhandled:', unhandled);
const deviates = calls === 1;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
