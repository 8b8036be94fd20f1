/** The kept files of format 1 are read as what they hold, gone on with, and written today just as they were then. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../test-folders.ts';
import { openLmdbClientStorage } from './client-storage.ts';
import { loadLmdb } from './package.ts';
import { openLmdbServerStorage } from './server-storage.ts';
import { fillClient, fillLog, goldenClient, goldenFile, goldenLog } from './test-golden.ts';
import { isLmdbThere } from './test-lmdb.ts';

const folder = temporaryFolders();

/** A folder that holds the kept file. */
function unpacked(name: 'server-log' | 'client'): string {
  const path = folder();
  mkdirSync(path);
  copyFileSync(goldenFile(name, 1), join(path, 'data.mdb'));
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

describe.skipIf(!isLmdbThere)('format 1', () => {
  test('a log', async () => {
    const storage = await openLmdbServerStorage(unpacked('server-log'));
    const entries = await storage.load();
    expect(isDeepStrictEqual(entries, goldenLog)).toBe(true);
    await storage.append([{ kind: 'incarnation', version: 4, id: 'next' }]);
    expect((await storage.load()).length).toBe(goldenLog.length + 1);
    await storage.close();
  });

  test('what a client kept', async () => {
    const storage = await openLmdbClientStorage(unpacked('client'));
    expect(isDeepStrictEqual(await storage.load(), goldenClient)).toBe(true);
    await storage.dequeue(goldenClient.outbox[0]?.id ?? '');
    expect((await storage.load())?.outbox).toEqual(goldenClient.outbox.slice(1));
    await storage.close();
  });

  test.each([
    ['server-log', fillLog],
    ['client', fillClient],
  ] as const)('%s is written as it was', async (name, fill) => {
    const path = folder();
    await fill(path);
    expect(await contents(path)).toEqual(await contents(unpacked(name)));
  });

  test('its keys are as the description says', async () => {
    const keys = (await contents(unpacked('server-log'))).map((line) => line.slice(0, line.indexOf(' ')));
    expect(keys).toEqual([...goldenLog.map((_entry, at) => `e\0\0\0\0\0\0\0${String.fromCharCode(at + 1)}`), 'f', 'n']);
    const [first] = await contents(unpacked('client'));
    expect(first).toMatch(/^c.{32} \{"query":"\[\\"todos\\",\[\]\]","version":4,/su);
  });
});
