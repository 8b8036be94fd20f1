/** A refresh in flight when its session is replaced goes on for the next one, which then has the former token. Expected: ignored. */
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
await client.startSession(sign({ ...ann, of: 'the first' }), true, { interval: 1000, refreshHandler });
await wait(1200);
const second = sign({ ...ann, of: 'the second' });
await client.startSession(second);
await wait(300);
answer(sign({ ...ann, of: 'the first, refreshed' }));
await wait(300);
const deviates = client.token !== second;
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
