/**
 * Takes the space for a commit before LMDB writes it, by making the data file longer. A write that finds no space then fails here, where it leaves nothing behind. In
 * LMDB it must not: lmdb-js 3.5 describes a failed write in a hundred bytes of memory, and its words may be longer, which corrupts the
 * memory of the process. LMDB does not mind a file that is longer than its pages.
 */
import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { Change } from './changes.ts';
import type { Store } from './store.ts';

/** So much at once, where there is room: making a file longer costs more than its bytes. */
const chunkBytes = 1_048_576;
/** The paths of both trees of LMDB, its list of free pages, and their splits: far more than a commit was seen to take. */
const pagesBeside = 64;

/** Called before each commit. @throws what the file system throws */
export type TakeSpace = (store: Store, changes: readonly Change[]) => void;

export function createSpace(file: string): TakeSpace {
  let takenBytes = 0;
  return (store, changes) => {
    const { pageBytes, pages } = accountOf(store);
    const wantedBytes = (pages + pagesFor(changes, pageBytes, pages)) * pageBytes;
    if (wantedBytes > takenBytes) takenBytes = lengthen(file, wantedBytes);
  };
}

/** What is removed takes copies of pages that are there, each at most once. */
function pagesFor(changes: readonly Change[], pageBytes: number, pages: number): number {
  const removals = changes.filter(({ value }) => value === null).length;
  return changes.reduce(
    (sum, { key, value }) => (value === null ? sum : sum + 1 + Math.ceil((key.length + value.length) / pageBytes)),
    pagesBeside + Math.min(removals, pages),
  );
}

function accountOf(store: Store): { readonly pageBytes: number; readonly pages: number } {
  const account = store.getStats();
  const last = 'lastPageNumber' in account ? account.lastPageNumber : undefined;
  const pageBytes = 'pageSize' in account ? account.pageSize : undefined;
  if (typeof last !== 'number' || typeof pageBytes !== 'number') throw new TypeError('LMDB does not tell its pages.');
  return { pageBytes, pages: last + 1 };
}

/** To that many bytes and some more, or where there is no room for more to that many. Gives what it came to. */
function lengthen(file: string, wantedBytes: number): number {
  const descriptor = openSync(file, 'r+');
  try {
    try {
      fill(descriptor, wantedBytes + chunkBytes);
    } catch {
      fill(descriptor, wantedBytes);
    }
    return fstatSync(descriptor).size;
  } finally {
    closeSync(descriptor);
  }
}

/** With zeros, not by a hole: a hole takes no space. */
function fill(descriptor: number, untilBytes: number): void {
  for (let at = fstatSync(descriptor).size; at < untilBytes; ) {
    const most = Math.min(chunkBytes, untilBytes - at);
    at += writeSync(descriptor, Buffer.alloc(most), 0, most, at);
  }
}
