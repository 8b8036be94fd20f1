/** A token update before the server has accepted the connection is lost to it: the connection expires with the old one. Expected: it waits. */
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

const seconds = Math.floor(Date.now() / 1000);
const errors: string[] = [];
client.onSessionError((type) => errors.push(type));
await client.startSession(sign({ ...ann, exp: seconds + 3 }));
await wait(300);
// The second connection; the client still knows the id of the first one.
client.disconnect();
await wait(300);
client.connect();
await client.updateSessionToken(sign({ ...ann, exp: seconds + 600 }));
await wait(3900);
client.ping();
await wait(300);
console.log('session errors', errors);
const deviates = errors.includes('TOKEN_EXPIRED');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
