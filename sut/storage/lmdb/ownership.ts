/**
 * Only one process may have a folder open. Beside the data lies a second, empty LMDB file whose table of readers says who
 * has: an entry is taken under LMDB's lock of writers, and goes with its process, however that ends, since LMDB finds dead ones by locks
 * of the operating system. No reader of the data itself stands for it, since that would keep LMDB from using freed pages.
 */
import { join } from 'node:path';
import { StorageInUseError } from '../errors.ts';
import { prepareFiles } from './lmdb-files.ts';
import type { Lmdb } from './package.ts';

export interface Ownership {
  release(): Promise<void>;
}

/** As LMDB lists them: a line for each, process first. */
const readerLine = /^\s*\d+ /u;

/** @throws StorageInUseError where somebody has it */
export async function takeFolder(lmdb: Lmdb, folder: string): Promise<Ownership> {
  const file = join(folder, 'owner.mdb');
  prepareFiles(file, `${file}-lock`);
  const owners = lmdb.open(file, { noSubdir: true, overlappingSync: false });
  const entry = owners.transactionSync(() => {
    owners.readerCheck();
    const isTaken = owners
      .readerList()
      .split('\n')
      .some((line) => readerLine.test(line));
    return isTaken ? undefined : owners.useReadTransaction();
  });
  if (entry === undefined) {
    await owners.close();
    throw new StorageInUseError(folder);
  }
  return {
    release: () => {
      entry.done();
      return owners.close();
    },
  };
}
