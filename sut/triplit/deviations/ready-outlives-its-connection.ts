/** A session that begins before the close of the former connection is heard asks for no subscription. Expected: it asks for all. */
import { createHmac } from 'node:crypto';
import { connect, createServer as createProxy } from 'node:net';
import { TriplitClient } from '@triplit/client';
import { createServer } from '@triplit/server';

globalThis.WebSocket ??= (await import('ws')).WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const tokenOf = (sub: string) => {
  const body = `${encode({ alg: 'HS256' })}.${encode({ sub, 'x-triplit-token-type': 'secret' })}`;
  return `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const properties = { id: { type: 'string', config: {} }, text: { type: 'string', config: {} } };
const collections = { todos: { schema: { type: 'record', config: {}, properties } } };
const dbOptions = { schema: { collections } };
const server = (await createServer({ jwtSecret: 'secret', dbOptions, logHandler: { log: () => {} } }))(6543);
// Between client and server, so that what the server says on a connection can be slow to arrive.
let [isSlow, connections] = [false, 0];
createProxy((socket) => {
  const isFirst = ++connections === 1;
  const upstream = connect(6543).on('data', (data) => setTimeout(() => socket.write(data), isFirst && isSlow ? 500 : 0));
  socket.on('data', (data) => upstream.write(data));
  socket.on('close', () => upstream.end());
}).listen(6544);
const client = new TriplitClient({ serverUrl: 'http://localhost:6544', token: tokenOf('ann'), logLevel: 'none', schema: collections });
let sent: string[] = [];
client.onSyncMessageSent(({ type }: { type: string }) => sent.push(type));
client.subscribe(client.query('todos'), () => {});
await wait(600);
sent = [];
isSlow = true;
void client.startSession(tokenOf('ben'));
await wait(1500);
console.log('sent in the second session:', sent);
const deviates = !sent.includes('CONNECT_QUERY');
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
