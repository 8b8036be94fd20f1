/** The client keeps a token that the server refused, and shows it at the next connection. Expected: the old one stays. */
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
console.log('after connecting again:', errors, client.connectionStatus);
const deviates = errors.includes('UNAUTHORIZED');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
