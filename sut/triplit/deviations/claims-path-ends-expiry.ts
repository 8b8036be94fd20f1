/** With claimsPath the server never notices that a token has expired. Expected: TOKEN_EXPIRED at the next message. */
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
const server = (await createServer({ jwtSecret: 'secret', claimsPath: 'app', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', autoConnect: false, logLevel: 'none', claimsPath: 'app' });
const ann = { role: 'member', sub: 'ann' };

const errors: string[] = [];
client.onSessionError((type) => errors.push(type));
await client.startSession(sign({ app: ann, exp: Math.floor(Date.now() / 1000) + 2 }));
await wait(3500);
client.ping();
await wait(300);
console.log('a message after the expiry led to', errors, client.connectionStatus);
const deviates = client.connectionStatus === 'OPEN';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
