/** A client's storage on IndexedDB does what every storage does; what a browser refuses or takes away is told by name, and a client goes on (K3). */
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { describeClientStorage } from '../test-client-storage.ts';
import { type IndexedDbClientStorage, openIndexedDbClientStorage } from './client-storage.ts';
import { openDatabase } from './database.ts';
import { createStores, formatVersion, type Layout } from './layout.ts';
import { createTestTabs } from './test-locks.ts';

let count = 0;
/** The name of a database that is not there yet. */
function fresh(): string {
  count += 1;
  return `todos ${count}`;
}

const newTab = createTestTabs();
const opened = new Set<IndexedDbClientStorage>();
afterEach(async () => {
  vi.restoreAllMocks();
  for (const storage of opened) await storage.close();
  opened.clear();
});

async function open(name: string, locks = newTab().locks): Promise<IndexedDbClientStorage> {
  const storage = await openIndexedDbClientStorage(name, locks);
  opened.add(storage);
  return storage;
}

const write = (sequence: number) => ({ sequence, id: `${sequence}`.padStart(32, '0'), operations: [] });

/** Removes the database, as a browser does where space is short. Connections end without a word of the tab. */
function evict(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error));
  });
}

describeClientStorage('IndexedDB', async () => {
  const name = fresh();
  const storage = await open(name);
  return {
    storage,
    again: async () => {
      await storage.close();
      return open(name);
    },
  };
});

describe('what is told by name', () => {
  test('no more space: what was asked for is not kept, and what comes later is', async () => {
    const storage = await open(fresh());
    await storage.identify('secret');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('no more space', 'QuotaExceededError');
    });
    await expect(storage.enqueue(write(1))).rejects.toMatchObject({ name: 'StorageFullError' });
    await storage.enqueue(write(2));
    expect(await storage.load()).toMatchObject({ outbox: [write(2)], nextSequence: 3 });
  });

  test('a commit that fails keeps nothing of it', async () => {
    const storage = await open(fresh());
    await storage.identify('secret');
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore, value: unknown) {
      const request = put.call(this, value);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    });
    await expect(storage.enqueue(write(1))).rejects.toMatchObject({ name: 'StorageDiskError' });
    expect(await storage.load()).toMatchObject({ outbox: [], nextSequence: 1 });
  });

  test('the database was removed: nothing is kept where nobody would find it, and the next tab begins', async () => {
    const name = fresh();
    const storage = await open(name);
    await storage.identify('secret');
    await storage.enqueue(write(1));
    await evict(name);
    await expect(storage.enqueue(write(2))).rejects.toMatchObject({ name: 'StorageLostError' });
    await expect(storage.load()).rejects.toMatchObject({ name: 'StorageLostError' });
    await storage.close();
    expect(await (await open(name)).load()).toBeUndefined();
  });

  test('a connection that the browser ended is opened again, where all is still there', async () => {
    const name = fresh();
    const storage = await open(name);
    await storage.identify('secret');
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('the connection is closing', 'InvalidStateError');
    });
    await storage.enqueue(write(1));
    expect(transaction).toHaveBeenCalledTimes(2);
    expect(await storage.load()).toMatchObject({ outbox: [write(1)] });
  });

  test('a newer version of the application is let in, and this one says so', async () => {
    const name = fresh();
    const storage = await open(name);
    await storage.identify('secret');
    const newer = await openDB(name, formatVersion + 1);
    await expect(storage.enqueue(write(1))).rejects.toMatchObject({ name: 'StorageFormatError', message: /later format/u });
    await expect(open(name)).rejects.toMatchObject({ name: 'StorageFormatError' });
    newer.close();
  });

  test('an older version in a tab that does not go away', async () => {
    const name = fresh();
    const older = await openDB<Layout>(name, formatVersion, { upgrade: createStores });
    await expect(openDatabase(name, formatVersion + 1)).rejects.toMatchObject({ name: 'StorageBlockedError' });
    older.close();
    (await openDatabase(name, formatVersion + 1)).close();
  });

  test('a database of something else', async () => {
    const name = fresh();
    const other = await openDB(name, formatVersion, { upgrade: (database) => void database.createObjectStore('accounts') });
    await expect(open(name)).rejects.toMatchObject({ name: 'StorageFormatError', message: /something else/u });
    expect([...other.objectStoreNames]).toEqual(['accounts']);
    other.close();
  });

  test('no IndexedDB, or none that may be used', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('the user allows none', 'SecurityError');
    });
    await expect(open(fresh())).rejects.toMatchObject({ name: 'StorageUnavailableError' });
  });

  test.skipIf(typeof navigator !== 'undefined' && 'locks' in navigator)('no Web Locks', async () => {
    await expect(openIndexedDbClientStorage(fresh())).rejects.toMatchObject({ name: 'StorageUnavailableError' });
  });

  test('the lock was taken by force', async () => {
    const name = fresh();
    const tab = newTab();
    const storage = await open(name, tab.locks);
    await storage.identify('secret');
    tab.steal();
    await new Promise<void>((resolve) => setImmediate(resolve));
    await expect(storage.enqueue(write(1))).rejects.toMatchObject({ name: 'StorageInUseError' });
  });

  test('it was closed', async () => {
    const storage = await open(fresh());
    await storage.close();
    await expect(storage.load()).rejects.toMatchObject({ name: 'StorageClosedError' });
  });

  test.each([
    ['the secret', 'state', { name: 'secret', value: '7' }],
    ['the next number', 'state', { name: 'next', value: '0' }],
    ['what was heard', 'state', { name: 'heard', value: '{}' }],
    ['write 1', 'outbox', { number: 1, id: 'a', entry: '{"sequence":1,"id":"a","operations":[{"kind":"upsert"}]}' }],
    ['a result', 'cache', { query: 'q', result: '{' }],
  ] as const)('%s that is damaged', async (what, store, kept) => {
    const name = fresh();
    const storage = await open(name);
    await storage.identify('secret');
    await storage.close();
    const database = await openDB(name, formatVersion);
    await database.put(store, { place: 1, ...kept });
    database.close();
    await expect((await open(name)).load()).rejects.toMatchObject({
      name: 'StorageDamagedError',
      message: expect.stringContaining(`place 1: ${what} cannot be read`),
    });
  });
});
