/**
 * A disk that is full, and one that fails to flush, in a process of its own each. Nothing that failed is in the log, all that resolved is, and the
 * process lives.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../test-folders.ts';
import { openLmdbClientStorage } from './client-storage.ts';
import { openLmdbServerStorage } from './server-storage.ts';
import { isLmdbThere } from './test-lmdb.ts';

const folder = temporaryFolders();
const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const strace = '/usr/bin/strace';

interface Told {
  readonly kept: number;
  readonly failure: string;
  readonly loaded: readonly string[];
  readonly after: string;
}

/** In blocks of 1,024 bytes. The signal that would end the process is ignored, so that the write fails. */
const fullDisk = ['bash', '-c', 'trap "" XFSZ; ulimit -S -f 1000; exec "$@"', 'bash'] as const;
/** The fifth flush of a thread fails; Node's pool, which commits, has one here. */
const failingFlush = [strace, '-f', '-o', '/dev/null', '-e', 'trace=fdatasync', '-e', 'inject=fdatasync:error=EIO:when=5'] as const;

function run([command, ...words]: readonly [string, ...string[]], name: string, path: string): string {
  return execFileSync(command, [...words, process.execPath, '--import', 'tsx', program(name), path], {
    encoding: 'utf8',
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What the process told, and how long the log is that lies there in the end. */
async function fill(under: readonly [string, ...string[]], path: string): Promise<Told & { readonly inTheEnd: number }> {
  const told: Told = JSON.parse(run(under, 'test-filler.ts', path));
  const storage = await openLmdbServerStorage(path);
  const inTheEnd = (await storage.load()).entries.length;
  await storage.close();
  return { ...told, inTheEnd };
}

const numbers = (kept: number): readonly string[] => Array.from({ length: kept }, (_, at) => `${at + 1}`);

describe.skipIf(process.platform !== 'linux' || !isLmdbThere)('a disk that', () => {
  test('is full: the append says so by name, and it goes on when there is room', async () => {
    const { kept, failure, loaded, after, inTheEnd } = await fill(fullDisk, folder());
    expect(kept).toBeGreaterThan(10);
    expect({ failure, after, inTheEnd }).toEqual({ failure: 'StorageFullError', after: 'kept', inTheEnd: kept + 1 });
    expect(loaded).toEqual(numbers(kept));
  });

  test.skipIf(!existsSync(strace))('fails to flush: the append fails, though LMDB had written it', async () => {
    const { kept, failure, loaded, after, inTheEnd } = await fill(failingFlush, folder());
    expect(kept).toBeGreaterThan(0);
    expect({ failure, after, inTheEnd }).toEqual({ failure: 'StorageDiskError', after: 'kept', inTheEnd: kept + 1 });
    expect(loaded).toEqual(numbers(kept));
  });

  test('is full, under a client: the write says so, what was kept is kept, and it goes on when there is room (K3)', async () => {
    const path = folder();
    const told: { readonly kept: readonly string[]; readonly failures: readonly string[]; readonly waiting: number } = JSON.parse(
      run(fullDisk, 'test-client-filler.ts', path),
    );
    expect(told.failures).toEqual(['StorageError for StorageFullError']);
    expect(told.kept.length).toBeGreaterThan(10);
    expect(told.kept.at(-1)).toBe('last');
    expect(told.waiting).toBe(told.kept.length);
    const storage = await openLmdbClientStorage(path);
    const stored = await storage.load();
    await storage.close();
    expect(stored?.outbox.flatMap(({ operations }) => operations.map(({ id }) => id))).toEqual(told.kept);
  });
});
