/** endSession inside the callback that tells CONNECTING does not stop the attempt. Expected: no connection without a session. */
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

const sockets: WebSocket[] = [];
class Watched extends globalThis.WebSocket {
  constructor(url: string) {
    super(url);
    sockets.push(this);
  }
}
globalThis.WebSocket = Watched;
client.onConnectionStatusChange((status) => status === 'CONNECTING' && void client.endSession());
await client.startSession(sign(ann)).catch(() => {});
await wait(500);
const isOpen = sockets.some(({ readyState }) => readyState === WebSocket.OPEN);
console.log('status', client.connectionStatus, isOpen ? 'with an open socket' : 'without a socket');
const deviates = client.connectionStatus === 'UNINITIALIZED' && isOpen;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
