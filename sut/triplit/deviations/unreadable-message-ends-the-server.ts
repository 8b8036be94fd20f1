/** A message that the server cannot read, or hears before it has judged the token, ends its process. Expected: an error message. */
import { createHmac } from 'node:crypto';
import { createServer } from '@triplit/server';
import { WebSocket } from 'ws';

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const body = `${encode({ alg: 'HS256' })}.${encode({ sub: 'ann', 'x-triplit-token-type': 'secret' })}`;
const token = `${body}.${createHmac('sha256', 'secret').update(body).digest('base64url')}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
console.error = () => {};
const server = (await createServer({ jwtSecret: 'secret', logHandler: { log: () => {} } }))(6543);

// What nobody handles ends a process of Node; here it is counted.
let endings = 0;
process.on('unhandledRejection', (problem) => {
  endings += 1;
  console.log('unhandled:', String(problem));
});
async function say(text: string): Promise<void> {
  const socket = new WebSocket(`ws://localhost:6543/?sync-schema=false&token=${token}`);
  socket.on('open', () => setTimeout(() => socket.send(text), 200));
  await wait(400);
  socket.terminate();
}
async function sayAtOnce(text: string): Promise<void> {
  const socket = new WebSocket('ws://localhost:6543/?sync-schema=false&token=');
  socket.on('open', () => socket.send(text));
  await wait(200);
}
await say('null');
await say('{"type":"CONNECT_QUERY"}');
await sayAtOnce('{"type":"PING","payload":{"clientTimestamp":0}}');
console.log('unhandled rejections', endings);
const deviates = endings > 0;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
