/** A message that a client cannot read is a rejection that nobody handles. Expected: an error that the client handles. */
import { createHmac } from 'node:crypto';
import { TriplitClient } from '@triplit/client';
import { WebSocket, WebSocketServer } from 'ws';

globalThis.WebSocket ??= WebSocket;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const body = `${encode({ alg: 'HS256' })}.${encode({ sub: 'ann', 'x-triplit-token-type': 'secret' })}`;
const token = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// What nobody handles ends a process of Node, and is an error report in a browser.
const unhandled: string[] = [];
process.on('unhandledRejection', (problem) => unhandled.push(String(problem)));

// A server, or something between, that says what is no message.
const server = new WebSocketServer({ port: 6543 });
server.on('connection', (socket) => {
  socket.send(JSON.stringify({ type: 'READY', payload: { clientId: 'one' } }));
  socket.send('{"type":"PONG"');
});
const client = new TriplitClient({ serverUrl: 'http://localhost:6543', token, logLevel: 'none' });
await wait(500);
console.log('status', client.connectionStatus, '| unhandled:', unhandled.join(', '));
const deviates = unhandled.length > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
