/** connect() while a reconnect waits leaves its timer running, so that the back-off is undercut. Expected: one attempt at a time. */
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

// Nobody listens, so that each attempt fails. A back-off that doubles from 250 ms makes at most three in the next 2.9 s.
server.close();
const closed = () => new Promise<void>((resolve) => client.onConnectionStatusChange((status) => status === 'CLOSED' && resolve()));
const attempts = () => statuses.filter((status) => status === 'CONNECTING').length;
for (let attempt = 0; attempt < 5; attempt += 1) {
  const failed = closed();
  if (attempt === 0) void client.startSession(sign(ann));
  else client.connect();
  await failed;
}
const before = attempts();
await wait(2900);
console.log('attempts in the next 2.9 s:', attempts() - before);
const deviates = attempts() - before > 3;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
