/**
 * What a client keeps, on IndexedDB: for clients in browsers. Several tabs may have one database open, and each is a client of its own (`places.ts`).
 * Each call is one transaction, or shares one with its neighbours, and resolves when the browser says that it is on the disk.
 */
import type { ClientStorage, OutboxEntry } from '../../client/storage.ts';
import { createCommitLine } from '../commit-line.ts';
import { StorageInUseError, StorageLostError } from '../errors.ts';
import { exactJson } from '../exact-json.ts';
import { type Database, openDatabase } from './database.ts';
import { type Reading, rangeOf, type StateName, type Writing } from './layout.ts';
import type { Locks } from './locks.ts';
import { type Place, platformLocks, takeFreePlace } from './places.ts';
import { readClient, secretOf } from './read-client.ts';

export interface IndexedDbClientStorage extends ClientStorage {
  /** The name of the database. */
  readonly database: string;
  /** Which of its clients this one is, counted from 1. No other tab is the same one at the same time. */
  readonly place: number;
  /** Ends what was begun. Another tab may be this client then. A tab that goes, or is killed, need not call it. */
  close(): Promise<void>;
}

/** Its changes, when its turn has come; what they need was made text before. */
interface Work {
  readonly change: (transaction: Writing) => Promise<unknown>;
  /** Who the client is from then on, where that changes. */
  readonly secret?: string;
}

/**
 * Opens the database, and makes it where it is not there. The client is one that no other tab is: one that was left behind by a tab that is gone, first of all one with
 * writes that wait, or a fresh one.
 * @throws StorageUnavailableError, StorageBlockedError, StorageFormatError, StorageFullError, StorageDiskError
 */
export async function openIndexedDbClientStorage(name: string, locks: Locks = platformLocks(name)): Promise<IndexedDbClientStorage> {
  const database = await openDatabase(name);
  try {
    return createClientStorage(database, await takeFreePlace(database, locks));
  } catch (error) {
    database.close();
    throw error;
  }
}

export function createClientStorage(database: Database, { number: place, lock }: Place): IndexedDbClientStorage {
  const self = createSelf(database.name, place);
  const requireLock = (): void => {
    if (lock.isStolen()) throw new StorageInUseError(`${database.name}, place ${place}`);
  };
  const line = createCommitLine<Work>(async (together) => {
    requireLock();
    const secrets = together.flatMap(({ secret }) => secret ?? []);
    self.mayBecome(secrets);
    await database.write(async (transaction) => {
      await self.recognize(transaction);
      for (const { change } of together) await change(transaction);
    });
    self.became(secrets);
  });
  return {
    database: database.name,
    place,
    async load() {
      await line.idle();
      requireLock();
      return database.read(async (transaction) => {
        await self.recognize(transaction);
        const stored = await readClient(transaction, place, database.name);
        self.became([stored?.secret]);
        return stored;
      });
    },
    async identify(secret) {
      await line.add({ change: putting(place, 'secret', secret), secret });
    },
    async enqueue(entry) {
      const keep = keeping(place, entry);
      const putNext = putting(place, 'next', entry.sequence + 1);
      await line.add({
        change: async (transaction) => {
          await keep(transaction);
          await putNext(transaction);
        },
      });
    },
    async dequeue(id) {
      await line.add({
        change: async (transaction) => {
          const outbox = transaction.objectStore('outbox');
          for (const key of await outbox.index('ids').getAllKeys(IDBKeyRange.only([place, id]))) await outbox.delete(key);
        },
      });
    },
    async replace(secret, outbox) {
      await line.add({ change: replacing(place, secret, outbox), secret });
    },
    async remember(result) {
      const kept = { place, query: result.query, result: exactJson(result) };
      await line.add({ change: (transaction) => transaction.objectStore('cache').put(kept) });
    },
    async forget(query) {
      await line.add({ change: (transaction) => transaction.objectStore('cache').delete([place, query]) });
    },
    async hear(heard) {
      await line.add({ change: putting(place, 'heard', heard) });
    },
    async clear(secret, outbox) {
      const replace = replacing(place, secret, outbox);
      await line.add({
        change: async (transaction) => {
          await replace(transaction);
          await transaction.objectStore('state').delete([place, 'heard']);
          await transaction.objectStore('cache').delete(rangeOf(place));
        },
        secret,
      });
    },
    async close() {
      await line.idle();
      database.close();
      await lock.release();
    },
  };
}

function putting(place: number, name: StateName, value: unknown): Work['change'] {
  const kept = { place, name, value: exactJson(value) };
  return (transaction) => transaction.objectStore('state').put(kept);
}

function keeping(place: number, entry: OutboxEntry): Work['change'] {
  const kept = { place, id: entry.id, entry: exactJson(entry) };
  return async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    const last = await outbox.openKeyCursor(rangeOf(place), 'prev');
    await outbox.put({ ...kept, number: (last?.key[1] ?? 0) + 1 });
  };
}

function replacing(place: number, secret: string, outbox: readonly OutboxEntry[]): Work['change'] {
  const changes = [
    putting(place, 'secret', secret),
    putting(place, 'next', outbox.length + 1),
    ...outbox.map((entry) => keeping(place, entry)),
  ];
  return async (transaction) => {
    await transaction.objectStore('outbox').delete(rangeOf(place));
    for (const change of changes) await change(transaction);
  };
}

/**
 * Whose storage it is, in each transaction: a browser may remove a database under a tab, and what is there afterwards is another one. What would go into that
 * nobody could find again.
 */
function createSelf(name: string, place: number) {
  /** Undefined before anything was read; of a commit that failed nobody knows whether it took place. */
  let secrets: readonly (string | undefined)[] | undefined;
  return {
    mayBecome: (others: readonly string[]): void => {
      if (secrets !== undefined) secrets = [...secrets, ...others];
    },
    became: (others: readonly (string | undefined)[]): void => {
      if (others.length > 0) secrets = others.slice(-1);
    },
    recognize: async (transaction: Reading | Writing): Promise<void> => {
      if (secrets !== undefined && !secrets.includes(await secretOf(transaction, place, name))) throw new StorageLostError(name);
    },
  };
}
