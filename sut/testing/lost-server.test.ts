/** Over real sockets: a server that comes back without its log, or from an older copy of it (W2). */
import { SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { SyncClient } from '../client/client.ts';
import { silentLogger } from '../runtime/loggers.ts';
import { createServer } from '../server/server.ts';
import { memoryServerStorage } from '../server/storage.ts';

const jwtSecret = 'a secret of this test alone, long enough';
const everyTodo = { collection: 'todos', where: [], order: [] } as const;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function world() {
  const token = await new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret));
  let at = 0;
  return {
    /** The first one takes a port, and the others the same. */
    serve: async (storage = memoryServerStorage()) => {
      const server = createServer({ jwtSecret, storage, logger: silentLogger });
      const { port } = await server.start(at);
      at = port;
      ends.push(() => server.close());
      return { storage, close: () => server.close() };
    },
    client: (): SyncClient => {
      const client = new SyncClient({ serverUrl: `http://localhost:${at}`, token, logger: silentLogger });
      ends.push(() => client.endSession());
      return client;
    },
  };
}

function synced(client: SyncClient, id: string): Promise<void> {
  return new Promise((resolve) => client.onEntitySyncSuccess('todos', id, resolve));
}

test('the application hears of it; the client begins again, and its write arrives', async () => {
  const { serve, client } = await world();
  const first = await serve();
  const author = client();
  const replaced = new Promise<void>((resolve) => author.onLogReplaced(resolve));
  const one = synced(author, 'one');
  await author.insert('todos', { id: 'one' });
  await one;
  await first.close();
  await serve();
  const two = synced(author, 'two');
  await author.insert('todos', { id: 'two' });
  await Promise.all([replaced, two]);
  expect((await client().fetch(everyTodo)).map(({ id }) => id)).toEqual(['two']);
  expect(author.connectionStatus).toBe('OPEN');
});

test('a backup that others have written on since, until it is higher than what the client heard', async () => {
  const { serve, client } = await world();
  const first = await serve();
  const backup = await first.storage.load();
  const author = client();
  const lost: string[] = [];
  author.onFailureToSyncWrites((error) => lost.push(error.name));
  const replaced = new Promise<void>((resolve) => author.onLogReplaced(resolve));
  const one = synced(author, 'one');
  await author.insert('todos', { id: 'one' });
  await one;
  author.subscribe(everyTodo, () => {});
  await author.fetch(everyTodo);
  author.disconnect();
  await author.update('todos', 'one', { done: true });
  await author.insert('todos', { id: 'mine' });
  await first.close();
  await serve(memoryServerStorage(backup));
  const other = client();
  for (const id of ['a', 'b', 'c']) {
    const done = synced(other, id);
    await other.insert('todos', { id });
    await done;
  }
  const mine = synced(author, 'mine');
  author.connect();
  await Promise.all([replaced, mine]);
  expect((await client().fetch(everyTodo)).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'mine']);
  expect(lost).toEqual(['LogReplacedError']);
});
