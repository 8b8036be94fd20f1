/** A token without claims at claimsPath is closed as INTERNAL_ERROR, and onSessionError is not told. Expected: UNAUTHORIZED. */
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
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', autoConnect: false, logLevel: 'none' });
const ann = { role: 'member', sub: 'ann' };

const errors: string[] = [];
client.onSessionError((type) => errors.push(type));
let closing = '';
client.onSyncMessageReceived((message) => {
  if (message.type === 'CLOSE') closing = message.payload.type;
});
await client.startSession(sign(ann));
await wait(500);
console.log('closed with', closing, 'session errors', errors);
const deviates = closing === 'INTERNAL_ERROR';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
