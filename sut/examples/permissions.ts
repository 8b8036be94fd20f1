/** A schema with permissions: what a user may read and write, a transaction, and a write that is rejected. Run it by `npx tsx`. */
import { pathToFileURL } from 'node:url';
import { SignJWT } from 'jose';
import { createServer, plainSchema, Schema as S, SyncClient } from '../index.ts';

const own = { filter: [['owner', '=', '$role.user']] } as const;
const schema = S.Collections({
  notes: {
    schema: S.Schema({ id: S.Id(), owner: S.String(), state: S.String({ enum: ['draft', 'done'], default: 'draft' }) }),
    permissions: { member: { read: own, insert: own, update: own, postUpdate: own } },
  },
});
const roles = { member: { match: { sub: '$user' } } };

export async function permissions(print: (line: string) => void): Promise<void> {
  const jwtSecret = 'a secret for this example and nothing else';
  const server = createServer({ jwtSecret, schema: plainSchema(schema, roles) });
  const { port } = await server.start(0);
  const claims = new SignJWT({ sub: 'ann' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
  const token = await claims.sign(new TextEncoder().encode(jwtSecret));
  const ann = new SyncClient({ schema, roles, serverUrl: `http://localhost:${port}`, token });
  const synced = new Promise<void>((resolve) => ann.onEntitySyncSuccess('notes', 'plan', resolve));
  const rejected = new Promise<void>((resolve) => {
    ann.onFailureToSyncWrites((error) => resolve(print(`rejected: ${error.name}`)));
  });
  await ann.transact((tx) => {
    tx.insert('notes', { id: 'plan', owner: 'ann' });
    tx.update('notes', 'plan', { state: 'done' });
  });
  await ann.insert('notes', { id: 'spam', owner: 'bob' });
  await Promise.all([synced, rejected]);
  print(`the server has ${JSON.stringify(await ann.fetch(ann.query('notes').Limit(10)))}`);
  await ann.endSession();
  await server.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await permissions(console.log);
