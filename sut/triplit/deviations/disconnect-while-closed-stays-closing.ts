/** disconnect() without a connection leaves the client CLOSING for good. Expected: it stays CLOSED. */
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

await client.startSession(sign(ann, 'another secret'));
await wait(300);
client.disconnect();
await wait(6000);
console.log(statuses.join(' '));
const deviates = client.connectionStatus === 'CLOSING';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
