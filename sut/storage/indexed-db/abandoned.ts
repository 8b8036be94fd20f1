/**
 * What tabs that are gone left behind. The next tab takes one of their places (`places.ts`). Where more tabs went than came back, the writes of the others wait until
 * somebody sends them: under the client ids that they were made under, since the server knows them by those (W1).
 */
import type { SyncClient } from '../../client/client.ts';
import { createClientStorage, type IndexedDbClientStorage } from './client-storage.ts';
import { type Database, openDatabase } from './database.ts';
import { rangeOf, storeNames } from './layout.ts';
import type { Locks } from './locks.ts';
import { lockPlace, placesInUse, platformLocks, takePlaceWithWrites } from './places.ts';

/** As much of a client as sends what waits. */
export type Sender = Pick<SyncClient, 'pendingWrites' | 'onPendingWritesChange' | 'endSession'>;

export interface SendOptions {
  /** Gives up: what was not answered stays where it is, for the next one. */
  readonly signal?: AbortSignal | undefined;
  readonly locks?: Locks | undefined;
}

/**
 * Sends the writes of tabs that are gone, one place after the other, each by a client of its own: `begin` makes it on the storage it is given, and starts its session. It
 * hears there what is rejected, and they go out under the claims of that session (S10). Resolves when the server has answered them all, with their number; as long as
 * there is no connection it waits. A tab that opens meanwhile takes another place.
 * @throws what opening a storage throws, what `begin` does, and the reason of the signal
 */
export async function sendAbandoned(
  name: string,
  begin: (storage: IndexedDbClientStorage) => Sender,
  { signal, locks = platformLocks(name) }: SendOptions = {},
): Promise<number> {
  const visited = new Set<number>();
  let sent = 0;
  for (;;) {
    signal?.throwIfAborted();
    const storage = await openAbandoned(name, locks, visited);
    if (storage === undefined) return sent;
    visited.add(storage.place);
    try {
      sent += await sendAll(begin(storage), signal);
      // What was answered leaves storage once that holds what was heard with it: by the time that this is read, that was asked for.
      await storage.load();
    } finally {
      await storage.close();
    }
  }
}

async function openAbandoned(name: string, locks: Locks, visited: ReadonlySet<number>): Promise<IndexedDbClientStorage | undefined> {
  const database = await openDatabase(name);
  const place = await closingOnFailure(database, () => takePlaceWithWrites(database, locks, visited));
  if (place !== undefined) return createClientStorage(database, place);
  database.close();
  return undefined;
}

/** The number of writes that waited. */
async function sendAll(sender: Sender, signal: AbortSignal | undefined): Promise<number> {
  try {
    return await new Promise<number>((resolve, reject) => {
      let most = 0;
      signal?.throwIfAborted();
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      sender.onPendingWritesChange((count) => {
        most = Math.max(most, count);
        if (count === 0) resolve(most);
      }, true);
    });
  } finally {
    await sender.endSession();
  }
}

/**
 * Removes what tabs that are gone left behind: results, and writes that wait. For an application that signs somebody out, beside `clear()` (K1), which
 * concerns its own client alone. Other tabs that are there keep what they have.
 * @throws what opening a storage throws
 */
export async function forgetAbandoned(name: string, locks: Locks = platformLocks(name)): Promise<void> {
  const database = await openDatabase(name);
  await closingOnFailure(database, async () => {
    for (const number of await placesInUse(database)) await forgetPlace(database, locks, number);
  });
  database.close();
}

async function forgetPlace(database: Database, locks: Locks, number: number): Promise<void> {
  const lock = await lockPlace(database.name, locks, number);
  if (lock === undefined) return;
  try {
    await database.write(async (transaction) => {
      for (const store of storeNames) await transaction.objectStore(store).delete(rangeOf(number));
    });
  } finally {
    await lock.release();
  }
}

async function closingOnFailure<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    database.close();
    throw error;
  }
}
