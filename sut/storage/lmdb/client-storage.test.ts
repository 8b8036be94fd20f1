/** A client's storage on LMDB does what every storage does; and where the disk fails, a client hears so and goes on (K3). */
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { openSocketWorld, synced } from '../../testing/socket-world.ts';
import { bytesOf } from '../exact-json.ts';
import { describeClientStorage } from '../test-client-storage.ts';
import { temporaryFolders } from '../test-folders.ts';
import { type LmdbClientStorage, openLmdbClientStorage } from './client-storage.ts';
import { openEnvironment } from './environment.ts';
import { numberedKey, plainKey } from './keys.ts';
import { isLmdbThere } from './test-lmdb.ts';

const folder = temporaryFolders();
const opened = new Set<LmdbClientStorage>();
afterEach(async () => {
  for (const storage of opened) await storage.close();
  opened.clear();
});

async function open(path: string): Promise<LmdbClientStorage> {
  const storage = await openLmdbClientStorage(path);
  opened.add(storage);
  return storage;
}

describe.skipIf(!isLmdbThere)('on LMDB', () =>
  describeClientStorage('LMDB', async () => {
    const path = folder();
    const storage = await open(path);
    return {
      storage,
      again: async () => {
        await storage.close();
        return open(path);
      },
    };
  }),
);

describe.skipIf(!isLmdbThere)('a client on LMDB', () => {
  test('finds its outbox again in its next life, and sends it', async () => {
    const world = await openSocketWorld();
    try {
      const path = folder();
      const { storage: log, close } = await world.serve();
      const storage = await open(path);
      const client = world.client(storage);
      const first = synced(client, 'first');
      await client.insert('todos', { id: 'first' });
      await first;
      await close();
      await client.insert('todos', { id: 'second' });
      await client.endSession();
      await storage.close();
      await world.serve(log);
      const next = world.client(await open(path));
      await synced(next, 'second');
      expect(next.pendingWrites).toBe(0);
      const rows = await next.fetch({ collection: 'todos', where: [], order: [] });
      expect(rows.map(({ id }) => id).sort()).toEqual(['first', 'second']);
    } finally {
      await world.end();
    }
  });

  test('whose storage is closed says so at each write, and keeps what it had', async () => {
    const world = await openSocketWorld();
    try {
      await world.serve();
      const path = folder();
      const storage = await open(path);
      const client = world.client(storage);
      const kept = synced(client, 'kept');
      await client.insert('todos', { id: 'kept' });
      await kept;
      await storage.close();
      const failed = await client.insert('todos', { id: 'failed' }).catch((error: unknown) => error);
      expect(failed).toMatchObject({ name: 'StorageError', cause: { name: 'StorageClosedError' } });
      expect((await (await open(path)).load())?.outbox).toEqual([]);
    } finally {
      await world.end();
    }
  });

  test.each([
    [
      'a write',
      numberedKey('o', 1),
      { sequence: 1, id: 'a', operations: [{ kind: 'upsert', collection: 'a', id: 'b' }] },
      /write 1 cannot be read: operations: unknown kind "upsert"/u,
    ],
    ['the secret', plainKey('s'), 7, /the secret cannot be read/u],
    ['the next number', plainKey('n'), 0, /the next number cannot be read/u],
    ['what was heard', plainKey('h'), {}, /what was heard cannot be read/u],
  ])('%s that is damaged is told', async (_what, key, value, message) => {
    const path = folder();
    const environment = await openEnvironment(path, { format: 'lockstep client', version: 1 });
    await environment.commit((store) => {
      store.put(plainKey('s'), bytesOf('secret'));
      store.put(key, bytesOf(value));
    });
    await environment.close();
    const storage = await open(path);
    await expect(storage.load()).rejects.toMatchObject({ name: 'StorageDamagedError', message: expect.stringMatching(message) });
  });

  test('what cannot be kept at all is refused alone', async () => {
    const storage = await open(folder());
    await storage.identify('secret');
    const rows = [{ generation: 'g', attributes: { id: 'a', rank: Number.NaN } }];
    await expect(storage.remember({ query: 'q', version: 1, rows })).rejects.toBeInstanceOf(TypeError);
    await storage.hear({ incarnation: 'i', version: 1 });
    expect(await storage.load()).toMatchObject({ cache: [], heard: { version: 1 } });
  });

  test('a log is no client’s storage', async () => {
    const path = folder();
    await (await open(path)).close();
    expect(existsSync(path)).toBe(true);
    const { openLmdbServerStorage } = await import('./server-storage.ts');
    await expect(openLmdbServerStorage(path)).rejects.toMatchObject({ name: 'StorageFormatError' });
  });
});
