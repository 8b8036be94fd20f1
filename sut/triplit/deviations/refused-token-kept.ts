/** updateSessionToken does not look at the server's answer, and the client keeps a token that was refused. Expected: it waits, and the old one stays. */
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

const errors: string[] = [];
client.onSessionError((type) => errors.push(type));
await client.startSession(sign(ann));
await wait(300);
await client.updateSessionToken(sign({ ...ann, n: 2 }, 'another secret')).catch(() => {});
client.disconnect();
await wait(300);
client.connect();
await wait(300);
globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
const unsent = await client.updateSessionToken(sign({ ...ann, n: 3 })).then(
  () => 'resolved',
  () => 'rejected',
);
console.log('after connecting again:', errors, client.connectionStatus, '| an update that could not be sent:', unsent);
const deviates = errors.includes('UNAUTHORIZED') || unsent === 'resolved';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
