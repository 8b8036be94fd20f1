/** disconnect() makes connectionStatus CLOSING, and no callback is called for it. Expected: a callback for each change. */
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

const statuses: string[] = [];
client.onConnectionStatusChange((status) => statuses.push(status));
await client.startSession(sign({ role: 'member', sub: 'ann' }));
await wait(300);
client.disconnect();
const status = client.connectionStatus;
await wait(300);
console.log('after disconnect():', status, '| told:', ...statuses);
const deviates = !statuses.includes('CLOSING');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
