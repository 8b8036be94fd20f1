/** After endSession() the status is still that of the socket before. Expected: UNINITIALIZED, since there is no session. */
import { createHmac } from 'node:crypto';
import { createServer } from '@triplit/server';

// Clients of those versions wrap the global WebSocket when they are loaded.
const { WebSocket } = await import('ws');
Object.assign(WebSocket.prototype, { dispatchEvent: () => true });
globalThis.WebSocket ??= WebSocket;
const { TriplitClient } = await import('@triplit/client');

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const sign = (claims: object, secret = 'secret') => {
  const body = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const schema = { collections: {}, roles: { member: { match: { role: 'member', sub: '$user' } } } };
const server = (await createServer({ jwtSecret: 'secret', dbOptions: { schema }, logHandler: { log: () => {} } }))(6543);
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', autoConnect: false, logLevel: 'none' });

await client.startSession(sign({ role: 'member', sub: 'ann' }, 'another secret'));
await wait(300);
await client.endSession();
await wait(300);
console.log('after endSession():', client.connectionStatus);
const deviates = client.connectionStatus !== 'UNINITIALIZED';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
