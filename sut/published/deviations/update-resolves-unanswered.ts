/** updateSessionToken resolves although the request with the token failed. Expected: it waits for the answer, or rejects. */
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

await client.startSession(sign(ann));
await wait(300);
globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
const deviates = await client.updateSessionToken(sign({ ...ann, n: 2 })).then(
  () => true,
  () => false,
);
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
