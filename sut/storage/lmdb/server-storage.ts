/**
 * The server's log on LMDB: an entry a key, in the order of appends (`../README.md` describes the format). A batch is one transaction, and resolves when
 * it is flushed to the disk, so that neither a crash of the process nor one of the machine loses any of it (W2).
 */
import type { LogEntry, ServerStorage } from '../../server/storage.ts';
import { errorMessage } from '../error-message.ts';
import { StorageDamagedError } from '../errors.ts';
import { bytesOf, dataOf } from '../exact-json.ts';
import { readLogEntry } from '../read-log-entry.ts';
import { type Environment, openEnvironment } from './environment.ts';
import type { Format } from './format.ts';
import { numberedKey, numberOf, plainKey, rangeOf } from './keys.ts';
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

export const logFormat: Format = { format: 'lockstep server log', version: 1 };
const letter = 'e';
/** How many entries there are: put with each batch, so that a log that lost some is not taken for a short one. */
const countKey = plainKey('n');

/**
 * Opens the folder, and makes it where it is not there. Only one process can, at a time.
 * @throws LmdbMissingError, StorageInUseError, StorageFormatError, StorageDamagedError, StorageFullError, StorageDiskError
 */
export async function openLmdbServerStorage(folder: string): Promise<LmdbServerStorage> {
  return createServerStorage(await openEnvironment(folder, logFormat));
}

export function createServerStorage(environment: Environment): LmdbServerStorage {
  /** How many entries there are. Known once the log has been read, as a server does before it appends. */
  let count: number | undefined;

  async function load(): Promise<readonly LogEntry[]> {
    count = undefined;
    const entries = await environment.read((store) => readEntries(store, environment.folder));
    count = entries.length;
    return entries;
  }

  return {
    folder: environment.folder,
    load,
    async append(batch) {
      const texts = batch.map(bytesOf);
      const before = count ?? (await load()).length;
      const after = before + batch.length;
      // Not known while it may fail.
      count = undefined;
      await environment.commit((changes) => {
        for (const [at, bytes] of texts.entries()) changes.put(numberedKey(letter, before + at + 1), bytes);
        changes.put(countKey, bytesOf(after));
      });
      count = after;
    },
    backup: (target) => environment.backup(target),
    close: () => environment.close(),
  };
}

function readEntries(store: Store, folder: string): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (const { key, value } of store.getRange(rangeOf(letter))) {
    const position = entries.length + 1;
    if (numberOf(key) !== position) throw new StorageDamagedError(`${folder}: entry ${position} is missing.`);
    entries.push(readEntry(value, `${folder}: entry ${position}`));
  }
  const count = store.get(countKey);
  const expected = count === undefined ? 0 : reading(count, `${folder}: the number of entries`, dataOf);
  if (entries.length !== expected) throw new StorageDamagedError(`${folder} holds ${entries.length} entries of ${expected}.`);
  return entries;
}

function readEntry(bytes: Buffer, where: string): LogEntry {
  return reading(bytes, where, (read) => readLogEntry(dataOf(read)));
}

function reading<Held>(bytes: Buffer, where: string, read: (bytes: Buffer) => Held): Held {
  try {
    return read(bytes);
  } catch (cause) {
    throw new StorageDamagedError(`${where} cannot be read: ${errorMessage(cause)}`, { cause });
  }
}
