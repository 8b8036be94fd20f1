/** startSession with an expired token waits for the refreshHandler and then replaces a session begun later. Expected: the last call wins. */
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

let answer: (token: string) => void = () => {};
const refreshHandler = () => new Promise<string>((resolve) => (answer = resolve));
const exp = Math.floor(Date.now() / 1000) - 60;
void client.startSession(sign({ ...ann, exp }), true, { refreshHandler });
const later = sign({ role: 'member', sub: 'ben' });
await client.startSession(later);
await wait(300);
answer(sign({ ...ann, n: 2 }));
await wait(500);
const deviates = client.token !== later;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
