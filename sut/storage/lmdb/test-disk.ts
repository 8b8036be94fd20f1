/**
 * A disk that forgets what was not flushed, in the place of the package `lmdb`: what that documents of its two moments, and nothing else. A transaction is first
 * committed, and seen, and then flushed; with `overlappingSync: false` both are one, and a commit resolves when it is flushed. Nothing happens before it is
 * told to. A crash of the machine leaves what was flushed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lmdb } from './package.ts';

type Table = ReadonlyMap<string, Buffer>;

interface Transaction {
  readonly changes: (table: Map<string, Buffer>) => void;
  readonly onCommit: () => void;
  readonly onFlush: () => void;
}

export interface ForgetfulDisk {
  readonly lmdb: Lmdb;
  /** The next commit or flush, whichever `first` says where both could be. */
  step(first: 'commit' | 'flush'): void;
  /** The machine stops, and comes back. */
  crash(): void;
}

export interface DiskOptions {
  /** Whatever is asked of it, it shows what is not flushed yet, and says that it is flushed: as a storage would that resolves at the commit. */
  readonly resolvesAtCommit?: boolean;
}

const name = (key: Uint8Array): string => Buffer.from(key).toString('hex');

export function createForgetfulDisk({ resolvesAtCommit = false }: DiskOptions = {}): ForgetfulDisk {
  let flushed: Table = new Map();
  let seen: Table = flushed;
  /** In their order: those to be committed, and behind them in time those to be flushed. */
  let queued: readonly Transaction[] = [];
  let committed: readonly Transaction[] = [];
  /** Of what was opened before the last crash nothing happens any more. */
  let boots = 0;

  function applied(table: Table, { changes }: Transaction): Table {
    const next = new Map(table);
    changes(next);
    return next;
  }
  function commitNext(): void {
    const [next, ...rest] = queued;
    if (next === undefined) return;
    queued = rest;
    seen = applied(seen, next);
    committed = [...committed, next];
    next.onCommit();
  }
  function flushNext(): void {
    const [next, ...rest] = committed;
    if (next === undefined) return;
    committed = rest;
    flushed = applied(flushed, next);
    next.onFlush();
  }

  const open: Lmdb['open'] = (path, { overlappingSync = true }) => {
    const boot = boots;
    // LMDB makes it; nothing of what the disk keeps is in it.
    if (!path.endsWith('.mdb')) writeFileSync(join(path, 'data.mdb'), '');
    const isLate = (): boolean => boot !== boots;
    let lastFlush: PromiseLike<unknown> = Promise.resolve();
    let gathered: ((table: Map<string, Buffer>) => void)[] | undefined;
    const never = new Promise<never>(() => {});
    const gather = (change: (table: Map<string, Buffer>) => void): Promise<boolean> => {
      gathered?.push(change);
      return Promise.resolve(true);
    };
    const inRange = function* (start: Uint8Array | undefined, end: Uint8Array | undefined) {
      for (const key of [...seen.keys()].sort()) {
        const value = seen.get(key);
        if (value !== undefined && (start === undefined || key >= name(start)) && (end === undefined || key < name(end)))
          yield { key, value };
      }
    };
    const database = {
      get: (key: Uint8Array) => seen.get(name(key)),
      put: (key: Uint8Array, value: Buffer) => gather((table) => void table.set(name(key), value)),
      remove: (key: Uint8Array) => gather((table) => void table.delete(name(key))),
      putSync: (key: Uint8Array, value: Buffer) => {
        flushed = new Map(flushed).set(name(key), value);
        seen = new Map(seen).set(name(key), value);
        return true;
      },
      getKeys: (range?: { readonly start: Uint8Array; readonly end: Uint8Array }) =>
        Array.from(inRange(range?.start, range?.end), ({ key }) => Buffer.from(key, 'hex')),
      getKeysCount: () => seen.size,
      getRange: (range?: { readonly start: Uint8Array; readonly end: Uint8Array }) =>
        Array.from(inRange(range?.start, range?.end), ({ key, value }) => ({ key: Buffer.from(key, 'hex'), value })),
      getStats: () => ({ lastPageNumber: seen.size === 0 ? 1 : 2, pageSize: 1 }),
      batch: (action: () => void) => {
        if (isLate()) return never;
        const changes: ((table: Map<string, Buffer>) => void)[] = [];
        gathered = changes;
        action();
        gathered = undefined;
        const overlaps = overlappingSync || resolvesAtCommit;
        return new Promise<boolean>((resolve) => {
          lastFlush = new Promise<void>((onFlush) => {
            queued = [
              ...queued,
              {
                changes: (table) => {
                  for (const change of changes) change(table);
                },
                onCommit: () => {
                  if (overlaps) resolve(true);
                },
                onFlush: () => {
                  resolve(true);
                  onFlush();
                },
              },
            ];
          });
        });
      },
      get flushed() {
        return resolvesAtCommit ? Promise.resolve() : lastFlush;
      },
      transactionSync: <Result>(action: () => Result) => action(),
      useReadTransaction: () => ({ done: () => {} }),
      readerList: () => '',
      readerCheck: () => 0,
      backup: () => never,
      close: () => Promise.resolve(),
    };
    return database;
  };

  return {
    lmdb: { open },
    step: (first) => {
      if (committed.length > 0 && (first === 'flush' || queued.length === 0)) flushNext();
      else commitNext();
    },
    crash: () => {
      boots += 1;
      queued = [];
      committed = [];
      seen = flushed;
    },
  };
}
