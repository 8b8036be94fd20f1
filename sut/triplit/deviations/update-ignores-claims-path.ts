/** With claimsPath, updateSessionToken refuses the very same token as one of other roles. Expected: equal claims, equal roles. */
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
const client = new TriplitClient({
  serverUrl: 'http://localhost:6543',
  autoConnect: false,
  logLevel: 'none',
  claimsPath: 'app',
  schema: {},
  roles: schema.roles,
});
const ann = { role: 'member', sub: 'ann' };

const token = sign({ app: ann });
await client.startSession(token);
await wait(300);
const error = await client.updateSessionToken(token).catch((problem: Error) => problem.name);
console.log('status', client.connectionStatus, 'update', error ?? 'resolved');
const deviates = error === 'SessionRolesMismatchError';
console.log(deviates ? 'DEVIATES' : 'as promised');
server.close();
process.exit();
