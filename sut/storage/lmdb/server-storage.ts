/**
 * The server's log on LMDB: a snapshot, and behind it an entry a key, in the order of appends (`../README.md` describes the format). A batch is one transaction,
 * and a compaction is another; each resolves when it is flushed to the disk, so that neither a crash of the process nor one of the machine loses any of it (W2).
 */
import type { LogEntry, ServerStorage, StoredLog } from '../../server/storage.ts';
import { StorageDamagedError, StorageRefusedError } from '../errors.ts';
import { bytesOf } from '../exact-json.ts';
import { readLogEntry } from '../read-log-entry.ts';
import { type Environment, openEnvironment } from './environment.ts';
import { type Format, formatChange } from './format.ts';
import { numberedKey, numberOf, plainKey, rangeOf } from './keys.ts';
import { reading } from './reading.ts';
import { changesOf, readHead, readSnapshot } from './snapshot.ts';
import type { Store } from './store.ts';

export interface LmdbServerStorage extends ServerStorage {
  /** The real path of the folder that holds the log. */
  readonly folder: string;
  /**
   * Copies the log to a folder of its own, which is a storage like any other; the server goes on meanwhile. The copy has every
   * entry whose append had resolved at the call. @throws BackupTargetError where something lies there
   */
  backup(folder: string): Promise<void>;
  /** Once the server is closed: another process may open the folder then. */
  close(): Promise<void>;
}

/** Format 1 knew no snapshot: a folder of it becomes one of format 2 in the transaction that gives it one. */
export const logFormat: Format = { format: 'lockstep server log', version: 2, reads: [1] };
const letter = 'e';
/** How many entries there were ever: put with each batch, so that a log that lost some is not taken for a short one. */
const countKey = plainKey('n');

/**
 * Opens the folder, and makes it where it is not there. Only one process can, at a time.
 * @throws LmdbMissingError, StorageInUseError, StorageFormatError, StorageDamagedError, StorageFullError, StorageDiskError
 */
export async function openLmdbServerStorage(folder: string): Promise<LmdbServerStorage> {
  return createServerStorage(await openEnvironment(folder, logFormat));
}

export function createServerStorage(environment: Environment): LmdbServerStorage {
  /** How many entries there were ever. Known once the log has been read, as a server does before it appends. */
  let count: number | undefined;

  async function load(): Promise<StoredLog> {
    count = undefined;
    const { log, entries } = await environment.read((store) => readLog(store, environment.folder));
    count = entries;
    return log;
  }

  async function counted(): Promise<number> {
    if (count === undefined) await load();
    return count ?? 0;
  }

  return {
    folder: environment.folder,
    load,
    async append(batch) {
      const texts = batch.map(written);
      const before = await counted();
      const after = before + batch.length;
      // Not known while it may fail.
      count = undefined;
      await environment.commit((changes) => {
        for (const [at, bytes] of texts.entries()) changes.put(numberedKey(letter, before + at + 1), bytes);
        changes.put(countKey, bytesOf(after));
      });
      count = after;
    },
    async compact(compaction) {
      const entries = await counted();
      const changed = await environment.read((store) => [
        ...changesOf(store, environment.folder, compaction, entries),
        ...Array.from(store.getKeys(rangeOf(letter)), (key) => ({ key: Buffer.from(key), value: null })),
        formatChange(logFormat),
      ]);
      await environment.commit((changes) => {
        for (const { key, value } of changed) {
          if (value === null) changes.remove(key);
          else changes.put(key, value);
        }
      });
    },
    backup: (target) => environment.backup(target),
    close: () => environment.close(),
  };
}

/** What cannot be written now never can. */
function written(entry: LogEntry, index: number): Buffer {
  try {
    return bytesOf(entry);
  } catch (cause) {
    throw new StorageRefusedError(index, cause);
  }
}

/** `entries`: how many there were ever. */
function readLog(store: Store, folder: string): { readonly log: StoredLog; readonly entries: number } {
  const snapshot = readSnapshot(store, folder);
  const before = readHead(store, folder)?.entries ?? 0;
  const entries = readEntries(store, folder, before);
  return { log: { snapshot, entries }, entries: before + entries.length };
}

/** Those behind the first ones, for which the snapshot stands. */
function readEntries(store: Store, folder: string, before: number): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (const { key, value } of store.getRange(rangeOf(letter))) {
    const position = before + entries.length + 1;
    if (numberOf(key) !== position) throw new StorageDamagedError(`${folder}: entry ${position} is missing.`);
    entries.push(reading(value, `${folder}: entry ${position}`, readLogEntry));
  }
  const bytes = store.get(countKey);
  const expected = bytes === undefined ? 0 : reading(bytes, `${folder}: the number of entries`, (value) => value);
  const found = before + entries.length;
  if (found !== expected) throw new StorageDamagedError(`${folder} holds ${found} entries of ${expected}.`);
  return entries;
}
