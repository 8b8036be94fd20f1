/** The kept files of each format are read as what they hold and gone on with; those of the present one are written today just as they were then. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { zeroCounters } from '../../server/counters.ts';
import { createDatabase } from '../../server/database.ts';
import type { Compaction } from '../../server/snapshot.ts';
import type { StoredLog } from '../../server/storage.ts';
import { temporaryFolders } from '../test-folders.ts';
import { openLmdbClientStorage } from './client-storage.ts';
import { loadLmdb } from './package.ts';
import { openLmdbServerStorage } from './server-storage.ts';
import { fillClient, fillLog, goldenClient, goldenFile, goldenLog, goldenSnapshot } from './test-golden.ts';
import { isLmdbThere } from './test-lmdb.ts';

const folder = temporaryFolders();

/** A folder that holds the kept file. */
function unpacked(name: 'server-log' | 'client', version: number): string {
  const path = folder();
  mkdirSync(path);
  copyFileSync(goldenFile(name, version), join(path, 'data.mdb'));
  return path;
}

/** Each key with its value, as LMDB has them, in its order. */
async function contents(path: string): Promise<readonly string[]> {
  const lmdb = await loadLmdb();
  const root = lmdb.open(path, { encoding: 'binary', keyEncoding: 'binary', noSubdir: false, overlappingSync: false });
  const lines = Array.from(root.getRange(), ({ key, value }) => `${key.toString('latin1')} ${value.toString()}`);
  await root.close();
  return lines;
}

const compaction: Compaction = { version: 4, schemas: [], rows: [], clients: [], incarnations: [] };

describe.skipIf(!isLmdbThere)('a log', () => {
  test('of format 1, which has no snapshot, is read, gone on with, and is of format 2 once it has one', async () => {
    const path = unpacked('server-log', 1);
    const storage = await openLmdbServerStorage(path);
    expect(isDeepStrictEqual(await storage.load(), { snapshot: null, entries: goldenLog })).toBe(true);
    await storage.append([{ kind: 'incarnation', version: 4, id: 'next' }]);
    expect((await storage.load()).entries.length).toBe(goldenLog.length + 1);
    await storage.close();
    expect(await contents(path)).toContain('f {"format":"lockstep server log","version":1}');
    const again = await openLmdbServerStorage(path);
    await again.compact(compaction);
    await again.close();
    expect(await contents(path)).toContain('f {"format":"lockstep server log","version":2}');
  });

  test('of format 1 is what a server begins from, and goes on with behind a snapshot', async () => {
    const path = unpacked('server-log', 1);
    const rowsOf = ({ snapshot, entries }: StoredLog) => {
      const database = createDatabase({ snapshot, entries }, null, 1_024, zeroCounters());
      return { rows: [...database.rowsOf('todos')], version: database.version(), last: database.lastSequence('c'.repeat(32)) };
    };
    const storage = await openLmdbServerStorage(path);
    const log = await storage.load();
    const database = createDatabase(log, null, 1_024, zeroCounters());
    await storage.compact(database.compaction());
    const compacted = await storage.load();
    expect(compacted.entries).toEqual([]);
    expect(rowsOf(compacted)).toEqual(rowsOf(log));
    await storage.close();
  });

  test('of format 2 is read, and gone on with', async () => {
    const storage = await openLmdbServerStorage(unpacked('server-log', 2));
    expect(isDeepStrictEqual(await storage.load(), { snapshot: goldenSnapshot, entries: goldenLog.slice(-1) })).toBe(true);
    await storage.append([{ kind: 'incarnation', version: 4, id: 'next' }]);
    expect((await storage.load()).entries.length).toBe(2);
    await storage.close();
  });

  test('has the keys that the description says', async () => {
    const keys = (await contents(unpacked('server-log', 2))).map((line) => line.slice(0, 1));
    expect(keys).toEqual(['c', 'd', 'e', 'f', 'i', 'i', 'n', 'r', 'v', 'w', 'w']);
    const lines = await contents(unpacked('server-log', 2));
    expect(lines.at(-3)).toBe('v {"version":3,"entries":5,"records":7}');
    expect(lines.find((line) => line.startsWith('e'))?.slice(0, 24)).toBe(`e${'\0'.repeat(7)}\u0006 {"kind":"write`);
    expect(lines.at(-1)?.slice(33, 55)).toBe(`${'\0'.repeat(7)}\u0002 {"sequence":2`);
    const old = (await contents(unpacked('server-log', 1))).map((line) => line.slice(0, line.indexOf(' ')));
    expect(old).toEqual([...goldenLog.map((_entry, at) => `e\0\0\0\0\0\0\0${String.fromCharCode(at + 1)}`), 'f', 'n']);
  });
});

describe.skipIf(!isLmdbThere)('what a client kept', () => {
  test('of format 1', async () => {
    const storage = await openLmdbClientStorage(unpacked('client', 1));
    expect(isDeepStrictEqual(await storage.load(), goldenClient)).toBe(true);
    await storage.dequeue(goldenClient.outbox[0]?.id ?? '');
    expect((await storage.load())?.outbox).toEqual(goldenClient.outbox.slice(1));
    await storage.close();
  });

  test('has the keys that the description says', async () => {
    const [first] = await contents(unpacked('client', 1));
    expect(first).toMatch(/^c.{32} \{"query":"\[\\"todos\\",\[\]\]","version":4,/su);
  });
});

describe.skipIf(!isLmdbThere)('the present format', () => {
  test.each([
    ['server-log', 2, fillLog],
    ['client', 1, fillClient],
  ] as const)('%s is written as it was', async (name, version, fill) => {
    const path = folder();
    await fill(path);
    expect(await contents(path)).toEqual(await contents(unpacked(name, version)));
  });
});
