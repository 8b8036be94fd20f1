/** The refreshHandler of a token that lives 30 days runs at once, again and again. Expected: one second before its expiry. */
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
const exp = Math.floor(Date.now() / 1000) + 30 * 86_400;
const refreshHandler = async () => {
  calls += 1;
  return sign({ ...ann, exp, calls });
};
await client.startSession(sign({ ...ann, exp }), true, { refreshHandler });
await wait(1000);
console.log('calls within a second', calls);
const deviates = calls > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
