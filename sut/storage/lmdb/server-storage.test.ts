/** The log on LMDB: what was appended is there, once and in order, for the next process that opens it; and nothing but a log is taken for one. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { LogEntry, WriteEntry } from '../../server/storage.ts';
import { openSocketWorld, synced } from '../../testing/socket-world.ts';
import { bytesOf } from '../exact-json.ts';
import { temporaryFolders } from '../test-folders.ts';
import { logEntries } from '../test-log-entries.ts';
import { openEnvironment } from './environment.ts';
import { numberedKey, plainKey } from './keys.ts';
import { loadLmdb } from './package.ts';
import { type LmdbServerStorage, logFormat, openLmdbServerStorage } from './server-storage.ts';
import { isLmdbThere } from './test-lmdb.ts';

const folder = temporaryFolders();
const opened = new Set<LmdbServerStorage>();
afterEach(async () => {
  for (const storage of opened) await storage.close();
  opened.clear();
});

async function open(path: string): Promise<LmdbServerStorage> {
  const storage = await openLmdbServerStorage(path);
  opened.add(storage);
  return storage;
}

function write(version: number, text = `text ${version}`): WriteEntry {
  const operations = [{ kind: 'insert', collection: 'todos', id: `t${version}`, attributes: { id: `t${version}`, text } }] as const;
  return { kind: 'write', version, clientId: 'c1', sequence: version, id: `${version}`.padStart(32, '0'), answered: 0, operations };
}

async function appendAll(storage: LmdbServerStorage, entries: readonly LogEntry[]): Promise<void> {
  for (const entry of entries) await storage.append([entry]);
}

describe.skipIf(!isLmdbThere)('the log', () => {
  test('every entry that can be is there after it was closed and opened, exactly, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(logEntries, { maxLength: 12 }), async (entries) => {
        const path = folder();
        const storage = await open(path);
        await appendAll(storage, entries);
        const before = (await storage.load()).entries;
        await storage.close();
        const after = (await (await open(path)).load()).entries;
        return isDeepStrictEqual(before, entries) && isDeepStrictEqual(after, entries);
      }),
      { numRuns: 30 },
    );
  });

  test('an entry that cannot be written is refused by its place, and nothing of its batch is there', async () => {
    const path = folder();
    const storage = await open(path);
    await storage.append([write(1)]);
    const unwritable = { ...write(3), answered: Number.NaN };
    await expect(storage.append([write(2), unwritable])).rejects.toMatchObject({ name: 'StorageRefusedError', index: 1 });
    await storage.append([write(2)]);
    await storage.close();
    expect(await (await open(path)).load()).toEqual({ snapshot: null, entries: [write(1), write(2)] });
  });

  test('entries are in the order of their appends, beyond 255 and beyond 65,535', async () => {
    const path = folder();
    const environment = await openEnvironment(path, logFormat);
    const entries = Array.from({ length: 65_540 }, (_, at): LogEntry => ({ kind: 'incarnation', version: 0, id: `${at + 1}` }));
    await environment.commit((store) => {
      for (const [at, entry] of entries.entries()) store.put(numberedKey('e', at + 1), bytesOf(entry));
      store.put(plainKey('n'), bytesOf(entries.length));
    });
    await environment.close();
    const storage = await open(path);
    const last: LogEntry = { kind: 'incarnation', version: 0, id: 'last' };
    await storage.append([last]);
    expect((await storage.load()).entries).toEqual([...entries, last]);
  });

  test('entries of 20 MB, ids longer than any key of LMDB, and a log that outgrows its first map many times', async () => {
    const path = folder();
    const storage = await open(path);
    const long = 'k'.repeat(100_000);
    const entries = [write(1, 'x'.repeat(20_000_000)), { ...write(2), clientId: long, id: long }, write(3, '\u0000\ud800'.repeat(500_000))];
    await appendAll(storage, entries);
    await storage.close();
    const after = (await (await open(path)).load()).entries;
    expect(isDeepStrictEqual(after, entries)).toBe(true);
  });

  test('a server goes on from it over real sockets', async () => {
    const path = folder();
    const world = await openSocketWorld();
    try {
      const storage = await open(path);
      const { close } = await world.serve(storage);
      const client = world.client();
      const first = synced(client, 'first');
      await client.insert('todos', { id: 'first' });
      await first;
      await close();
      await storage.close();
      const again = await open(path);
      await world.serve(again);
      const second = synced(client, 'second');
      await client.insert('todos', { id: 'second' });
      await second;
      const kinds = (await again.load()).entries.map(({ kind, version }) => `${kind} ${version}`);
      expect(kinds).toEqual(['incarnation 0', 'write 1', 'incarnation 1', 'write 2']);
    } finally {
      await world.end();
    }
  });
});

describe.skipIf(!isLmdbThere)('who may open it', () => {
  test('in this process once; after that it is there as before', async () => {
    const path = folder();
    const storage = await open(path);
    await storage.append([write(1)]);
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(openLmdbServerStorage(path)).rejects.toMatchObject({
        name: 'StorageInUseError',
        message: expect.stringContaining(path),
      });
    await storage.append([write(2)]);
    await storage.close();
    expect((await (await open(path)).load()).entries).toEqual([write(1), write(2)]);
  });

  test('one process at a time, and the next one when it was killed', async () => {
    const path = folder();
    const holder = fork(new URL('test-holder.ts', import.meta.url), [path], { execArgv: ['--import', 'tsx'] });
    const [said] = await once(holder, 'message');
    expect(said).toBe('open');
    await expect(openLmdbServerStorage(path)).rejects.toMatchObject({ name: 'StorageInUseError' });
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    expect((await (await open(path)).load()).entries).toEqual([]);
  });

  test('of many that come at once exactly one', async () => {
    const path = folder();
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => open(path)));
    expect(all.map(({ status }) => status).sort()).toEqual(['fulfilled', ...Array.from({ length: 7 }, () => 'rejected')]);
  });

  test('once it is closed it takes nothing', async () => {
    const storage = await open(folder());
    await storage.close();
    await storage.close();
    for (const call of [() => storage.append([write(1)]), () => storage.load(), () => storage.backup(folder())])
      await expect(call()).rejects.toMatchObject({ name: 'StorageClosedError' });
  });

  test('where the package is not there, one line says so', async () => {
    const missing = await loadLmdb(() => Promise.reject(new Error("Cannot find package 'lmdb'"))).catch((error: unknown) => error);
    expect(missing).toMatchObject({
      name: 'LmdbMissingError',
      message: expect.stringMatching(/^The package lmdb is not there for .+: npm install lmdb$/u),
    });
  });
});

describe.skipIf(!isLmdbThere)('what is no log of ours', () => {
  test.each([
    [
      'another format',
      'f',
      { format: 'lockstep server log', version: 3 },
      'StorageFormatError',
      /"lockstep server log" of format 3; this version reads .* of format 1 and 2/u,
    ],
    ['another kind', 'f', { format: 'lockstep client', version: 1 }, 'StorageFormatError', /holds "lockstep client" of format 1/u],
    ['a format that is none', 'f', 'new', 'StorageDamagedError', /what says its format cannot be read/u],
    ['somebody else’s database', 'g', 'hello', 'StorageFormatError', /not ours/u],
  ])('%s is refused by name, and left as it is', async (_what, key, value, name, message) => {
    const path = folder();
    const lmdb = await loadLmdb();
    const foreign = lmdb.open(path, { encoding: 'binary', keyEncoding: 'binary', noSubdir: false });
    await foreign.put(Buffer.from(key), bytesOf(value));
    await foreign.close();
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(openLmdbServerStorage(path)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    const same = lmdb.open(path, { encoding: 'binary', keyEncoding: 'binary', noSubdir: false });
    expect(same.getKeysCount()).toBe(1);
    expect(same.get(Buffer.from(key))).toEqual(bytesOf(value));
    await same.close();
  });

  test.each(['data.mdb', 'owner.mdb'])('a %s that is none', async (file) => {
    const path = folder();
    mkdirSync(path);
    writeFileSync(join(path, file), 'nothing of the kind'.repeat(1_000));
    const refused = { name: 'StorageFormatError', message: expect.stringContaining(`${file} is no file of LMDB`) };
    await expect(openLmdbServerStorage(path)).rejects.toMatchObject(refused);
  });

  test('a log that lost its pages is not taken for an empty one', async () => {
    const path = folder();
    const storage = await open(path);
    for (let version = 1; version <= 40; version += 1) await storage.append([write(version)]);
    await storage.close();
    const file = join(path, 'data.mdb');
    // All of them but those that hold LMDB's account of itself.
    const accountBytes = 8_192;
    writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, accountBytes), Buffer.alloc(statSync(file).size - accountBytes)]));
    const failure = { name: expect.stringMatching(/^Storage(Format|Damaged|Disk)Error$/u) };
    await expect(openLmdbServerStorage(path)).rejects.toMatchObject(failure);
  });

  test('what cannot be a folder', async () => {
    const path = folder();
    writeFileSync(path, '');
    const failure = { name: 'StorageDiskError', message: expect.stringContaining(path) };
    await expect(openLmdbServerStorage(join(path, 'below'))).rejects.toMatchObject(failure);
  });

  test.each([
    ['an entry that is missing', 3, bytesOf(write(3)), /entry 2 is missing/u],
    ['an entry that is cut off', 2, bytesOf(write(2)).subarray(0, 20), /entry 2 cannot be read/u],
    ['an entry of another time', 2, bytesOf({ kind: 'snapshot' }), /entry 2 cannot be read: unknown kind "snapshot"/u],
    ['a log that lost its end', 2, bytesOf(write(2)), /holds 2 entries of 3/u],
  ])('%s is told, with its place', async (_what, at, bytes, message) => {
    const path = folder();
    const environment = await openEnvironment(path, logFormat);
    await environment.commit((store) => {
      store.put(numberedKey('e', 1), bytesOf(write(1)));
      store.put(numberedKey('e', at), bytes);
      store.put(plainKey('n'), bytesOf(3));
    });
    await environment.close();
    const storage = await open(path);
    await expect(storage.load()).rejects.toMatchObject({ name: 'StorageDamagedError', message: expect.stringMatching(message) });
  });

  test('a number of entries that is none is told', async () => {
    const path = folder();
    const environment = await openEnvironment(path, logFormat);
    await environment.commit((store) => void store.put(plainKey('n'), Buffer.from('xx')));
    await environment.close();
    const storage = await open(path);
    const message = expect.stringMatching(/the number of entries cannot be read/u);
    await expect(storage.load()).rejects.toMatchObject({ name: 'StorageDamagedError', message });
  });
});

describe.skipIf(!isLmdbThere)('a backup', () => {
  test('taken while the server appends, it holds one moment: all that had been appended, and no entry in part', async () => {
    const path = folder();
    const storage = await open(path);
    const text = 'b'.repeat(40_000);
    let appended = 0;
    let isOver = false;
    const writer = (async () => {
      for (let version = 1; !isOver; version += 1) {
        await storage.append([write(version, text)]);
        appended = version;
      }
    })();
    const copies: { readonly path: string; readonly atLeast: number; readonly atMost: number }[] = [];
    for (let copy = 0; copy < 8; copy += 1) {
      const target = folder();
      const atLeast = appended;
      await storage.backup(target);
      copies.push({ path: target, atLeast, atMost: appended + 1 });
    }
    isOver = true;
    await writer;
    for (const { path: copied, atLeast, atMost } of copies) {
      const entries = (await (await open(copied)).load()).entries;
      expect(entries.length).toBeGreaterThanOrEqual(atLeast);
      expect(entries.length).toBeLessThanOrEqual(atMost);
      expect(
        isDeepStrictEqual(
          entries,
          Array.from({ length: entries.length }, (_, at) => write(at + 1, text)),
        ),
      ).toBe(true);
    }
  });

  test('goes nowhere where something lies, and leaves nothing behind', async () => {
    const storage = await open(folder());
    const target = folder();
    mkdirSync(target);
    await storage.backup(target);
    expect(readdirSync(target)).toEqual(['data.mdb']);
    await expect(storage.backup(target)).rejects.toMatchObject({ name: 'BackupTargetError' });
    const file = folder();
    writeFileSync(file, 'somebody else’s');
    await expect(storage.backup(file)).rejects.toMatchObject({ name: 'BackupTargetError' });
    expect(readFileSync(file, 'utf8')).toBe('somebody else’s');
  });

  test('its place may be written with a slash at its end, and what lies beside it is left alone', async () => {
    const storage = await open(folder());
    await storage.append([write(1)]);
    const parent = folder();
    const target = join(parent, 'copy');
    mkdirSync(`${target}.partial`, { recursive: true });
    await storage.backup(`${target}/`);
    expect(readdirSync(parent).sort()).toEqual(['copy', 'copy.partial']);
    expect((await (await open(target)).load()).entries).toEqual([write(1)]);
  });

  test('a client that had heard more than the copy holds notices, and begins again on it (W2)', async () => {
    const world = await openSocketWorld();
    try {
      const storage = await open(folder());
      const { close } = await world.serve(storage);
      const client = world.client();
      const kept = synced(client, 'kept');
      await client.insert('todos', { id: 'kept' });
      await kept;
      const target = folder();
      await storage.backup(target);
      const lost = synced(client, 'lost');
      await client.insert('todos', { id: 'lost' });
      await lost;
      const replaced = new Promise<void>((resolve) => client.onLogReplaced(resolve));
      await close();
      await world.serve(await open(target));
      await replaced;
      const rows = await client.fetch({ collection: 'todos', where: [], order: [] });
      expect(rows.map(({ id }) => id)).toEqual(['kept']);
    } finally {
      await world.end();
    }
  });
});
