/** Over real sockets: two tabs on one storage, and a storage restored from a copy. What is told as synced is in the log (W1). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientStorage, memoryClientStorage } from '../client/storage.ts';
import { type LmdbClientStorage, openLmdbClientStorage } from '../storage/lmdb/client-storage.ts';
import { isLmdbThere } from '../storage/lmdb/test-lmdb.ts';
import { temporaryFolders } from '../storage/test-folders.ts';
import { everyTodo, openSocketWorld, type SocketWorld, synced } from './socket-world.ts';

let world: SocketWorld;
beforeEach(async () => {
  world = await openSocketWorld();
  await world.serve();
});
afterEach(() => world.end());

const folder = temporaryFolders();
const opened = new Set<LmdbClientStorage>();
afterEach(async () => {
  for (const storage of opened) await storage.close();
  opened.clear();
});
async function onLmdb(): Promise<ClientStorage> {
  const storage = await openLmdbClientStorage(folder());
  opened.add(storage);
  return storage;
}
const storages: readonly (readonly [name: string, fresh: () => Promise<ClientStorage>])[] = [
  ['in memory', async () => memoryClientStorage()],
  ...(isLmdbThere ? [['on LMDB', onLmdb] as const] : []),
];

/** As another client sees them. */
async function rows(): Promise<readonly string[]> {
  return (await world.client().fetch(everyTodo)).map(({ id }) => id).sort();
}

describe.each(storages)('%s', (_name, fresh) => {
  test('two tabs on one storage: both writes are there', async () => {
    const { client } = world;
    const storage = await fresh();
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
    const { client } = world;
    const storage = await fresh();
    const lost = client(storage);
    const one = synced(lost, 'one');
    await lost.insert('todos', { id: 'one' });
    await one;
    const copied = await storage.load();
    const two = synced(lost, 'two');
    await lost.insert('todos', { id: 'two' });
    await two;
    await lost.endSession();
    const restored = client({ ...(await fresh()), load: () => Promise.resolve(copied) });
    const failures: string[] = [];
    restored.onFailureToSyncWrites((error) => failures.push(error.name));
    const three = synced(restored, 'three');
    await restored.insert('todos', { id: 'three' });
    await three;
    expect(await rows()).toEqual(['one', 'three', 'two']);
    expect(failures).toEqual([]);
  });
});
