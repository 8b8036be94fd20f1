/**
 * What a client keeps, on LMDB (`../README.md` describes the format): for clients in Node. Each call is one transaction, or shares one with its
 * neighbours, and resolves when that is flushed to the disk.
 */
import { createHash } from 'node:crypto';
import type { ClientStorage, OutboxEntry, StoredClient } from '../../client/storage.ts';
import { createCommitLine } from '../commit-line.ts';
import { bytesOf } from '../exact-json.ts';
import { readCachedResult, readHeard, readNextSequence, readOutboxEntry, readSecret } from '../read-stored-client.ts';
import type { Changes } from './changes.ts';
import { type Environment, openEnvironment } from './environment.ts';
import type { Format } from './format.ts';
import { hashedKey, numberedKey, numberOf, plainKey, rangeOf } from './keys.ts';
import { reading } from './reading.ts';
import type { Store } from './store.ts';

export interface LmdbClientStorage extends ClientStorage {
  /** The real path of the folder that holds it. */
  readonly folder: string;
  /** Copies it to a folder of its own, which is a storage like any other: the process that begins on it is that client, as it was (K2). */
  backup(folder: string): Promise<void>;
  /** Ends what was begun. Another process may open the folder then. */
  close(): Promise<void>;
}

export const clientFormat: Format = { format: 'lockstep client', version: 1 };
const secretKey = plainKey('s');
const nextKey = plainKey('n');
const heardKey = plainKey('h');
const outboxLetter = 'o';
const cacheLetter = 'c';

/** Its changes, when its turn has come; what they need was encoded before. */
type Work = (changes: Changes, index: Index) => void;

/** What the store holds, as the transactions so far leave it: a transaction does not see what it puts itself. */
interface Index {
  /** By id of a write, the numbers under which it lies: they count from 1 in the order in which writes came. */
  readonly outbox: Map<string, readonly number[]>;
  /** The keys of cached results, in hexadecimal. */
  readonly cache: Set<string>;
  next: number;
}

/**
 * Opens the folder, and makes it where it is not there. One process can, at a time.
 * @throws LmdbMissingError, StorageInUseError, StorageFormatError, StorageDamagedError, StorageFullError, StorageDiskError
 */
export async function openLmdbClientStorage(folder: string): Promise<LmdbClientStorage> {
  return createClientStorage(await openEnvironment(folder, clientFormat));
}

export function createClientStorage(environment: Environment): LmdbClientStorage {
  /** Undefined until the store has been read, and again after a failure. */
  let index: Index | undefined;
  const readIndex = (): Promise<Index> => environment.read((store) => indexOf(store, environment.folder));
  const line = createCommitLine<Work>(async (together) => {
    const used = index ?? (await readIndex());
    index = undefined;
    await environment.commit((changes) => {
      for (const work of together) work(changes, used);
    });
    index = used;
  });
  return {
    folder: environment.folder,
    async load() {
      await line.idle();
      return environment.read((store) => readClient(store, environment.folder));
    },
    async identify(secret) {
      await line.add(putting(secretKey, secret));
    },
    async enqueue(entry) {
      const keepEntry = keeping(entry);
      const putNext = putting(nextKey, entry.sequence + 1);
      await line.add((changes, held) => {
        keepEntry(changes, held);
        putNext(changes);
      });
    },
    async dequeue(id) {
      await line.add((changes, held) => {
        for (const number of held.outbox.get(id) ?? []) changes.remove(numberedKey(outboxLetter, number));
        held.outbox.delete(id);
      });
    },
    async replace(secret, outbox) {
      await line.add(replacing(secret, outbox));
    },
    async remember(result) {
      const key = cacheKey(result.query);
      const put = putting(key, result);
      await line.add((changes, held) => {
        put(changes);
        held.cache.add(key.toString('hex'));
      });
    },
    async forget(query) {
      const key = cacheKey(query);
      await line.add((changes, held) => {
        if (held.cache.delete(key.toString('hex'))) changes.remove(key);
      });
    },
    async hear(heard) {
      await line.add(putting(heardKey, heard));
    },
    async clear(secret, outbox) {
      const replace = replacing(secret, outbox);
      await line.add((changes, held) => {
        replace(changes, held);
        changes.remove(heardKey);
        for (const key of held.cache) changes.remove(Buffer.from(key, 'hex'));
        held.cache.clear();
      });
    },
    async backup(target) {
      await line.idle();
      await environment.backup(target);
    },
    async close() {
      await line.idle();
      await environment.close();
    },
  };
}

function putting(key: Buffer, value: unknown): (changes: Changes) => void {
  const bytes = bytesOf(value);
  return (changes) => changes.put(key, bytes);
}

function keeping(entry: OutboxEntry): Work {
  const bytes = bytesOf(entry);
  const { id } = entry;
  return (changes, held) => {
    changes.put(numberedKey(outboxLetter, held.next), bytes);
    held.outbox.set(id, [...(held.outbox.get(id) ?? []), held.next]);
    held.next += 1;
  };
}

function replacing(secret: string, outbox: readonly OutboxEntry[]): Work {
  const works: readonly Work[] = [putting(secretKey, secret), putting(nextKey, outbox.length + 1), ...outbox.map(keeping)];
  return (changes, held) => {
    for (const number of [...held.outbox.values()].flat()) changes.remove(numberedKey(outboxLetter, number));
    held.outbox.clear();
    for (const work of works) work(changes, held);
  };
}

/** The text of a query may be longer than any key of LMDB. */
function cacheKey(query: string): Buffer {
  return hashedKey(cacheLetter, createHash('sha256').update(bytesOf(query)).digest());
}

function indexOf(store: Store, folder: string): Index {
  const entries = outboxOf(store, folder);
  const outbox = new Map<string, readonly number[]>();
  for (const { number, entry } of entries) outbox.set(entry.id, [...(outbox.get(entry.id) ?? []), number]);
  const cache = new Set(Array.from(store.getKeys(rangeOf(cacheLetter)), (key) => key.toString('hex')));
  return { outbox, cache, next: (entries.at(-1)?.number ?? 0) + 1 };
}

function outboxOf(store: Store, folder: string): readonly { readonly number: number; readonly entry: OutboxEntry }[] {
  return Array.from(store.getRange(rangeOf(outboxLetter)), ({ key, value }) => ({
    number: numberOf(key),
    entry: reading(value, `${folder}: write ${numberOf(key)}`, readOutboxEntry),
  }));
}

function readClient(store: Store, folder: string): StoredClient | undefined {
  const read = <Held>(key: Buffer, what: string, reader: (value: unknown) => Held): Held | undefined => {
    const bytes = store.get(key);
    return bytes === undefined ? undefined : reading(bytes, `${folder}: ${what}`, reader);
  };
  const secret = read(secretKey, 'the secret', readSecret);
  if (secret === undefined) return undefined;
  return {
    format: 2,
    secret,
    outbox: outboxOf(store, folder).map(({ entry }) => entry),
    nextSequence: read(nextKey, 'the next number', readNextSequence) ?? 1,
    cache: Array.from(store.getRange(rangeOf(cacheLetter)), ({ value }) => reading(value, `${folder}: a result`, readCachedResult)),
    heard: read(heardKey, 'what was heard', readHeard) ?? null,
  };
}
