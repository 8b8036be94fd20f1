/** Over real sockets: two tabs on one storage, and a storage restored from a copy. What is told as synced is in the log (W1). */
import { SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { SyncClient } from '../client/client.ts';
import { type ClientStorage, memoryClientStorage } from '../client/storage.ts';
import { silentLogger } from '../runtime/loggers.ts';
import { createServer } from '../server/server.ts';

const jwtSecret = 'a secret of this test alone, long enough';
const everyTodo = { collection: 'todos', where: [], order: [] } as const;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function world() {
  const server = createServer({ jwtSecret, logger: silentLogger });
  const { port } = await server.start(0);
  ends.push(() => server.close());
  const token = await new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret));
  return {
    client: (storage: ClientStorage): SyncClient => {
      const client = new SyncClient({ serverUrl: `http://localhost:${port}`, token, storage, logger: silentLogger });
      ends.push(() => client.endSession());
      return client;
    },
    /** As somebody else sees it. */
    rows: async (): Promise<readonly string[]> => {
      const other = new SyncClient({ serverUrl: `http://localhost:${port}`, token, logger: silentLogger });
      const rows = await other.fetch(everyTodo);
      await other.endSession();
      return rows.map(({ id }) => id).sort();
    },
  };
}

function synced(client: SyncClient, id: string): Promise<void> {
  return new Promise((resolve) => {
    client.onEntitySyncSuccess('todos', id, resolve);
  });
}

test('two tabs on one storage: both writes are there', async () => {
  const { client, rows } = await world();
  const storage = memoryClientStorage();
  const one = client(storage);
  const first = synced(one, 'first');
  await one.insert('todos', { id: 'first' });
  await first;
  const two = client(storage);
  await two.fetch(everyTodo);
  const told = Promise.all([synced(one, 'A'), synced(two, 'B')]);
  await one.insert('todos', { id: 'A' });
  await two.insert('todos', { id: 'B' });
  await told;
  expect(await rows()).toEqual(['A', 'B', 'first']);
  expect([one.connectionStatus, two.connectionStatus]).toEqual(['OPEN', 'OPEN']);
});

test('a storage restored from a copy: what is written on it is there, once', async () => {
  const { client, rows } = await world();
  const storage = memoryClientStorage();
  const lost = client(storage);
  const one = synced(lost, 'one');
  await lost.insert('todos', { id: 'one' });
  await one;
  const copied = await storage.load();
  const two = synced(lost, 'two');
  await lost.insert('todos', { id: 'two' });
  await two;
  await lost.endSession();
  const restored = client({ ...memoryClientStorage(), load: () => Promise.resolve(copied) });
  const failures: string[] = [];
  restored.onFailureToSyncWrites((error) => failures.push(error.name));
  const three = synced(restored, 'three');
  await restored.insert('todos', { id: 'three' });
  await three;
  expect(await rows()).toEqual(['one', 'three', 'two']);
  expect(failures).toEqual([]);
});
