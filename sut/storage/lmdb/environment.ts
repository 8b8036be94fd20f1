/**
 * A folder with an LMDB environment of ours: opened by one process, of a known format, and written so that what a commit
 * resolves for is on the disk.
 */
import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  BackupTargetError,
  StorageClosedError,
  StorageDamagedError,
  StorageDiskError,
  StorageFormatError,
  StorageFullError,
  StorageInUseError,
} from '../errors.ts';
import { type Changes, gather } from './changes.ts';
import { commitFailure, diskFailure } from './disk-failure.ts';
import { flushFile, flushFolder, isEmptyOrMissing, makeFolder, makeFolderBeside, removeFolder } from './folder.ts';
import { checkFormat, type Format } from './format.ts';
import { prepareFiles } from './lmdb-files.ts';
import { type Ownership, takeFolder } from './ownership.ts';
import { type Lmdb, loadLmdb } from './package.ts';
import { createSpace } from './space.ts';
import type { Store } from './store.ts';

export interface Environment {
  readonly folder: string;
  /**
   * What `write` puts and removes is one transaction; resolves when that is flushed to the disk. Transactions happen in the order of
   * the calls. Where it finds no space, nothing has changed. After another failure nothing is committed until `read` has been called.
   * @throws StorageFullError, StorageDiskError, StorageClosedError
   */
  commit(write: (changes: Changes) => void): Promise<void>;
  /**
   * What the disk holds for good. After a failed commit, or where another process died in the middle of one, what was not flushed is
   * flushed first, or is not there.
   */
  read<Result>(look: (store: Store) => Result): Promise<Result>;
  /** A consistent copy of one moment, taken beside commits: it has all that was committed before the call. */
  backup(folder: string): Promise<void>;
  /** Ends what was begun. What is asked later is refused. */
  close(): Promise<void>;
}

type Root = Store;

const dataFile = 'data.mdb';
const lockFile = 'lock.mdb';

/**
 * A commit is a flush here, and fails where the flush fails: with `overlappingSync` LMDB shows what is not flushed yet, and
 * where the flush fails `flushed` never settles (`disk-errors.test.ts`). Nor does each turn of an event make a batch: lmdb-js 3.5 then loses the
 * rejection of a lone put, which ends a process whose disk is full.
 */
const options = {
  noSubdir: false,
  overlappingSync: false,
  eventTurnBatching: false,
  txnStartThreshold: 1,
  encoding: 'binary',
  keyEncoding: 'binary',
} as const;

/** @throws LmdbMissingError, StorageInUseError, StorageFormatError, StorageDamagedError, StorageDiskError */
export async function openEnvironment(path: string, format: Format, load: () => Promise<Lmdb> = loadLmdb): Promise<Environment> {
  const lmdb = await load();
  const { folder, ownership } = await taken(lmdb, path);
  try {
    const root = await openRoot(lmdb, folder, format);
    return environmentOf(folder, root, ownership, () => openRoot(lmdb, folder, format));
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

async function taken(lmdb: Lmdb, path: string): Promise<{ readonly folder: string; readonly ownership: Ownership }> {
  try {
    const folder = makeFolder(path);
    return { folder, ownership: await takeFolder(lmdb, folder) };
  } catch (error) {
    throw await openingFailure(path, error);
  }
}

/** Never rejects. */
async function openingFailure(folder: string, error: unknown): Promise<unknown> {
  const isNamed = error instanceof StorageFormatError || error instanceof StorageDamagedError || error instanceof StorageInUseError;
  return isNamed ? error : diskFailure(`${folder} cannot be opened`, error);
}

async function openRoot(lmdb: Lmdb, folder: string, format: Format): Promise<Root> {
  const file = join(folder, dataFile);
  let root: Root | undefined;
  try {
    prepareFiles(file, join(folder, lockFile));
    // A process that was killed may have written what only the memory of the machine holds: it would be read, and told.
    if (existsSync(file)) flushFile(file);
    root = lmdb.open(folder, options);
    checkFormat(root, folder, format);
    flushFolder(folder);
    return root;
  } catch (error) {
    await root?.close();
    throw await openingFailure(folder, error);
  }
}

function environmentOf(folder: string, first: Root, ownership: Ownership, openAgain: () => Promise<Root>): Environment {
  /** Undefined where a commit failed: what LMDB then has in memory is not to be gone by. */
  let root: Root | undefined = first;
  /** Closed before it is opened again. */
  let failed: Root | undefined;
  let opening: Promise<Root> | undefined;
  let isClosed = false;
  const takeSpace = createSpace(join(folder, dataFile));

  function present(): Root {
    if (isClosed) throw new StorageClosedError(folder);
    if (root === undefined) throw new StorageDiskError(`${folder} is to be read again: a commit failed.`);
    return root;
  }

  async function open(): Promise<Root> {
    try {
      await failed?.close();
      failed = undefined;
      root = await openAgain();
      return root;
    } finally {
      opening = undefined;
    }
  }

  async function ready(): Promise<Root> {
    if (isClosed || root !== undefined) return present();
    opening ??= open();
    return opening;
  }

  return {
    folder,
    async commit(write) {
      const used = present();
      const changes = gather(write);
      try {
        takeSpace(used, changes);
      } catch (thrown) {
        throw await diskFailure(`${folder} could not be written`, thrown);
      }
      try {
        await used.batch(() => {
          for (const { key, value } of changes) {
            if (value === null) used.remove(key);
            else used.put(key, value);
          }
        });
        await used.flushed;
      } catch (thrown) {
        if (root === used) {
          failed = used;
          root = undefined;
        }
        const failure = await commitFailure(`${folder} could not be written`, thrown);
        if (failure instanceof StorageFullError && failed === used && opening === undefined) {
          root = used;
          failed = undefined;
        }
        throw failure;
      }
    },
    async read(look) {
      const used = await ready();
      try {
        return look(used);
      } catch (thrown) {
        if (thrown instanceof StorageDamagedError) throw thrown;
        throw await diskFailure(`${folder} cannot be read`, thrown);
      }
    },
    async backup(target) {
      const used = present();
      const place = resolve(target);
      if (!isEmptyOrMissing(place)) throw new BackupTargetError(place);
      let copied: string | undefined;
      try {
        copied = makeFolderBeside(place);
        await used.backup(copied, false);
        flushFile(join(copied, dataFile));
        flushFolder(copied);
        removeFolder(place);
        renameSync(copied, place);
        flushFolder(place);
      } catch (thrown) {
        if (copied !== undefined) removeFolder(copied);
        throw await diskFailure(`${place} could not be written`, thrown);
      }
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await opening?.catch(() => {});
      await (root ?? failed)?.close();
      await ownership.release();
    },
  };
}
