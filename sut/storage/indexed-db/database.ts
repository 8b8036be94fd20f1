/**
 * The database, in transactions. A browser may end a connection by itself (what was kept was removed, the disk failed, the system took its process), and another tab
 * may ask for it to end, to bring the database to a later format. So one that ended is opened again by whoever needs it next; what is found then may be another database.
 */
import { openDB } from 'idb';
import { StorageBlockedError, StorageClosedError, StorageFormatError } from '../errors.ts';
import { nameOf, openingFailure, workingFailure } from './failure.ts';
import { type Connection, createStores, formatVersion, type Layout, type Reading, storeNames, type Writing } from './layout.ts';

export interface Database {
  readonly name: string;
  read<Result>(work: (transaction: Reading) => Promise<Result>): Promise<Result>;
  /** Resolves when the browser says that it is on the disk; rejects where nothing of it is kept, or the browser cannot say. */
  write(work: (transaction: Writing) => Promise<void>): Promise<void>;
  close(): void;
}

/** @throws StorageUnavailableError, StorageBlockedError, StorageFormatError, StorageFullError, StorageDiskError */
export async function openDatabase(name: string, version = formatVersion): Promise<Database> {
  let isClosed = false;
  let connection: Connection | undefined;
  let connecting: Promise<Connection> | undefined;
  const onGone = (gone: Connection | undefined): void => {
    if (connection === gone) connection = undefined;
  };

  async function reconnect(): Promise<Connection> {
    const fresh = await connect(name, version, onGone);
    if (isClosed) {
      fresh.close();
      throw new StorageClosedError(name);
    }
    connection = fresh;
    return fresh;
  }

  async function connected(): Promise<Connection> {
    if (isClosed) throw new StorageClosedError(name);
    if (connection !== undefined) return connection;
    connecting ??= reconnect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  /** A connection that is about to end says so at the latest when it is asked for a transaction: then there is to be another one. */
  async function begin<Transaction>(transactionOf: (connection: Connection) => Transaction): Promise<Transaction> {
    const used = await connected();
    try {
      return transactionOf(used);
    } catch (error) {
      if (nameOf(error) !== 'InvalidStateError') throw workingFailure(name, error);
      onGone(used);
      return transactionOf(await connected());
    }
  }

  connection = await connect(name, version, onGone);
  return {
    name,
    read: async (work) => inTransaction(name, await begin((used) => used.transaction(storeNames, 'readonly')), work),
    write: async (work) =>
      inTransaction(name, await begin((used) => used.transaction(storeNames, 'readwrite', { durability: 'strict' })), work),
    close: () => {
      isClosed = true;
      connection?.close();
      connection = undefined;
    },
  };
}

function connect(name: string, version: number, onGone: (gone: Connection | undefined) => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let opened: Connection | undefined;
    let isRefused = false;
    // What it throws at the call is told like what it rejects with.
    const opening = async (): Promise<Connection> =>
      openDB<Layout>(name, version, {
        upgrade: (database, from) => {
          if (from === 0) createStores(database);
        },
        // The other one may still go away; what is opened then nobody waits for.
        blocked: () => {
          isRefused = true;
          reject(new StorageBlockedError(name));
        },
        blocking: () => {
          opened?.close();
          onGone(opened);
        },
        terminated: () => onGone(opened),
      });
    const onOpen = (database: Connection): void => {
      opened = database;
      const isOurs = storeNames.every((store) => database.objectStoreNames.contains(store));
      if (isOurs && !isRefused) {
        resolve(database);
        return;
      }
      database.close();
      reject(new StorageFormatError(`${name} is a database of something else. Nothing was changed.`));
    };
    opening().then(onOpen, (cause: unknown) => reject(openingFailure(name, cause)));
  });
}

interface Transaction {
  readonly done: Promise<void>;
  abort(): void;
}

/** All of it or nothing. Of what fails together the cause is told, and not what was given up because of it. */
async function inTransaction<Kind extends Transaction, Result>(
  name: string,
  transaction: Kind,
  work: (transaction: Kind) => Promise<Result>,
): Promise<Result> {
  const [worked, done] = await Promise.allSettled([working(transaction, work), transaction.done]);
  if (worked.status === 'fulfilled' && done.status === 'fulfilled') return worked.value;
  const causes: readonly unknown[] = [worked, done].flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  const cause = causes.find((reason) => nameOf(reason) !== 'AbortError') ?? causes[0];
  throw cause instanceof DOMException ? workingFailure(name, cause) : cause;
}

async function working<Kind extends Transaction, Result>(transaction: Kind, work: (transaction: Kind) => Promise<Result>): Promise<Result> {
  try {
    return await work(transaction);
  } catch (error) {
    abort(transaction);
    throw error;
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
