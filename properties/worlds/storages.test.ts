/** The durable storages: when a write takes effect, how it fails, what a crash leaves, and that what is kept cannot be changed. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CachedResult, ClientStorage } from '../../sut/client/storage.ts';
import type { LogEntry, RejectionEntry, WriteEntry } from '../../sut/server/storage.ts';
import type { AssembledWorld } from './assemble.ts';
import { twoClients } from './every-world.test-data.ts';
import { createSimulatedWorld } from './simulated.ts';
import { StorageFailure } from './world.ts';

const worlds: AssembledWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function start(initialLog: readonly WriteEntry[] = []): Promise<AssembledWorld> {
  const world = await createSimulatedWorld({ ...twoClients, initialLog });
  worlds.push(world);
  return world;
}

const entry = (version: number): WriteEntry => ({
  kind: 'write',
  version,
  clientId: 'c1',
  sequence: version,
  id: '',
  answered: 0,
  operations: [],
});
const cached = (query: string, version: number): CachedResult => ({
  query,
  version,
  rows: [{ generation: 'c1:1', attributes: { id: 't1', tags: ['a'] } }],
});

/** How promises settled, in order: the name alone, or with the failure behind it. */
function createLog() {
  const settled: string[] = [];
  const watch = (name: string, promise: Promise<unknown>): void => {
    promise.then(
      () => settled.push(name),
      (error: unknown) => settled.push(`${name} ${error instanceof StorageFailure ? `failed, kept: ${error.kept}` : String(error)}`),
    );
  };
  return { settled, watch };
}

async function logOf(world: AssembledWorld): Promise<readonly number[]> {
  const versions: number[] = [];
  await world.run(
    () =>
      void world
        .serverEnvironment()
        .storage.load()
        .then(({ entries }) => versions.push(...entries.map(({ version }) => version))),
  );
  await world.execute('server load');
  return versions;
}

async function storedOf(world: AssembledWorld, client = 'c1') {
  const found: Awaited<ReturnType<ClientStorage['load']>>[] = [];
  await world.run(() => void world.clientEnvironment(client).storage.load().then(found.push.bind(found)));
  return found[0];
}

describe('the log of the server', () => {
  test('is there at once the first time, and later when its task runs, as it is then', async () => {
    const world = await start([entry(1)]);
    const { storage } = world.serverEnvironment();
    const loads: number[] = [];
    const load = () => void storage.load().then(({ entries }) => loads.push(entries.length));
    await world.run(load);
    expect(loads).toEqual([1]);
    world.hold('server load');
    await world.run(() => {
      load();
      void storage.append([entry(2)]);
    });
    expect(world.tasks()).toEqual([
      { label: 'server append', held: false },
      { label: 'server load', held: true },
    ]);
    await world.execute('server append');
    await world.execute('server load');
    expect(loads).toEqual([1, 2]);
  });

  test.each([
    { how: 'crash', keepsTail: true, versions: [1] },
    { how: 'crash', keepsTail: false, versions: [] },
    { how: 'graceful', keepsTail: true, versions: [1] },
    { how: 'graceful', keepsTail: false, versions: [] },
  ] as const)('$how with an append under way, its tail kept: $keepsTail', async ({ how, keepsTail, versions }) => {
    const world = await start();
    const { settled, watch } = createLog();
    await world.run(() => watch('append', world.serverEnvironment().storage.append([entry(1)])));
    expect(world.killServer(how, Number(keepsTail))).toBe(Number(keepsTail));
    expect(await world.execute('server append')).toBe(false);
    expect(await logOf(world)).toEqual(versions);
    expect(world.killServer(how, 1)).toBe(0);
    expect(await logOf(world)).toEqual(versions);
    expect(settled).toEqual([]);
  });

  test.each([true, false])('an append under way fails, kept: %s', async (kept) => {
    const world = await start();
    const { settled, watch } = createLog();
    const { storage } = world.serverEnvironment();
    await world.run(() => watch('first', storage.append([entry(1)])));
    expect(world.failStorage('server', Number(kept))).toBe(true);
    expect(world.failStorage('server', Number(kept))).toBe(false);
    await world.execute('server append');
    await world.run(() => watch('second', storage.append([entry(2)])));
    await world.execute('server append');
    expect(settled).toEqual([`first failed, kept: ${Number(kept)}`, 'second']);
    expect(await logOf(world)).toEqual(kept ? [1, 2] : [2]);
  });

  test.each([0, 1])('a compaction under way is done by a crash or a failure, or not at all: %s', async (kept) => {
    const compaction = { version: 1, schemas: [], rows: [], clients: [], incarnations: [] };
    const left = kept === 1 ? [] : [1];
    const crashed = await start([entry(1)]);
    await crashed.run(() => void crashed.serverEnvironment().storage.load());
    await crashed.run(() => void crashed.serverEnvironment().storage.compact(compaction));
    // No entry of a batch.
    expect(crashed.killServer('crash', kept)).toBe(0);
    expect(await logOf(crashed)).toEqual(left);
    const failed = await start([entry(1)]);
    const { settled, watch } = createLog();
    const { storage } = failed.serverEnvironment();
    await failed.run(() => void storage.load());
    failed.copyLog('before');
    await failed.run(() => watch('compaction', storage.compact(compaction)));
    expect(failed.failStorage('server', kept)).toBe(true);
    await failed.execute('server append');
    expect(settled).toEqual([`compaction failed, kept: ${kept}`]);
    expect(await logOf(failed)).toEqual(left);
    failed.killServer('crash', 0);
    failed.restoreLog('before');
    expect(await logOf(failed)).toEqual([1]);
  });

  test.each([0, 1, 2, 3])('of a batch of two a crash, or a failure, keeps the first: %s at most', async (kept) => {
    const batch = [entry(1), entry(2)];
    const left = [1, 2].slice(0, kept);
    const crashed = await start();
    await crashed.run(() => void crashed.serverEnvironment().storage.append(batch));
    expect(crashed.killServer('crash', kept)).toBe(left.length);
    expect(await logOf(crashed)).toEqual(left);
    const failed = await start();
    const { settled, watch } = createLog();
    await failed.run(() => watch('batch', failed.serverEnvironment().storage.append(batch)));
    failed.failStorage('server', kept);
    await failed.execute('server append');
    expect(settled).toEqual([`batch failed, kept: ${kept}`]);
    expect(await logOf(failed)).toEqual(left);
  });

  test('an entry is refused by its place, or the last that may be; nothing of its batch is there, and the next batch is kept', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    const rejection: RejectionEntry = {
      ...entry(3),
      kind: 'rejection',
      error: { name: 'StorageRefusedError', message: '' },
    };
    const append = async (...batch: readonly LogEntry[]) => {
      await world.run(() => watch('batch', world.serverEnvironment().storage.append(batch)));
      await world.execute('server append');
    };
    expect([world.refuseEntry(3), world.refuseEntry(1)]).toEqual([true, false]);
    await append(rejection);
    await append(entry(1), entry(2), rejection);
    await append(entry(1));
    expect(settled).toEqual(['batch', 'batch StorageRefusedError: The storage cannot take the entry.', 'batch']);
    expect(await logOf(world)).toEqual([3, 1]);
  });

  test('without space nothing of a batch is there, until there is some or the world heals; an incarnation always finds it', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    const append = async (...batch: readonly LogEntry[]) => {
      await world.run(() => watch('batch', world.serverEnvironment().storage.append(batch)));
      await world.execute('server append');
    };
    await append(entry(1));
    expect([world.setSpace(false), world.setSpace(false)]).toEqual([true, false]);
    await append(entry(2));
    await append({ kind: 'incarnation', version: 1, id: '1' });
    expect(world.setSpace(true)).toBe(true);
    await append(entry(2));
    world.setSpace(false);
    world.heal();
    await append(entry(3));
    expect(settled).toEqual(['batch', 'batch StorageFullError: the storage has no space', 'batch', 'batch', 'batch']);
    expect(await logOf(world)).toEqual([1, 1, 2, 3]);
  });

  test('the next append fails where none is under way, in the next process too, unless the world heals', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    const append = () => world.run(() => watch('append', world.serverEnvironment().storage.append([entry(1)])));
    expect(world.failStorage('server', 0)).toBe(true);
    expect(world.failStorage('server', 1)).toBe(false);
    world.killServer('crash', 0);
    await append();
    await world.execute('server append');
    world.failStorage('server', 0);
    world.heal();
    await append();
    world.failStorage('server', 0);
    world.heal();
    await world.execute('server append');
    expect(settled).toEqual(['append failed, kept: 0', 'append']);
  });

  test('a failure that was arranged for an append under way dies with it', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    await world.run(() => watch('first', world.serverEnvironment().storage.append([entry(1)])));
    world.failStorage('server', 0);
    expect(world.killServer('crash', 1)).toBe(1);
    await world.run(() => watch('second', world.serverEnvironment().storage.append([entry(2)])));
    await world.execute('server append');
    expect(settled).toEqual(['second']);
    expect(await logOf(world)).toEqual([1, 2]);
  });

  test('is not changed by what a process does to its objects', async () => {
    const world = await start();
    const operations: WriteEntry['operations'][number][] = [];
    await world.run(() => void world.serverEnvironment().storage.append([{ ...entry(1), operations }]));
    operations.push({ kind: 'delete', collection: 'todos', id: 't1', generation: 'c1:1' });
    await world.execute('server append');
    operations.push({ kind: 'delete', collection: 'todos', id: 't2', generation: 'c1:1' });
    const loaded: unknown[] = [];
    await world.run(() => void world.serverEnvironment().storage.load().then(loaded.push.bind(loaded)));
    expect(loaded).toEqual([{ snapshot: null, entries: [entry(1)] }]);
  });
});

describe('the storage of a client', () => {
  test('keeps a write when its task runs, and the rest at the call', async () => {
    const world = await start();
    const { storage } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.identify('me');
      void storage.enqueue({ sequence: 1, id: '1', operations: [] });
      void storage.enqueue({ sequence: 2, id: '2', operations: [] });
      void storage.remember(cached('one', 3));
      void storage.remember(cached('two', 4));
      void storage.remember(cached('one', 5));
    });
    expect(await storedOf(world)).toEqual({
      format: 2,
      secret: 'me',
      outbox: [],
      nextSequence: 1,
      cache: [cached('one', 5), cached('two', 4)],
      heard: null,
    });
    await world.execute('c1 store');
    expect(await storedOf(world)).toMatchObject({ outbox: [{ sequence: 1 }], nextSequence: 2 });
    await world.execute('c1 store');
    await world.run(() => void storage.dequeue('1'));
    expect(await storedOf(world)).toMatchObject({ outbox: [{ sequence: 2 }], nextSequence: 3 });
    expect(await storedOf(world, 'c2')).toBeUndefined();
  });

  test('clears after what was asked for before, and not what is remembered or written after', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    const { storage } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.identify('me');
      void storage.remember(cached('one', 3));
      void storage.remember(cached('two', 3));
      watch('old write', storage.enqueue({ sequence: 7, id: '7', operations: [] }));
      watch('clear', storage.clear('me again', []));
      watch('new write', storage.enqueue({ sequence: 1, id: '1', operations: [] }));
      void storage.remember(cached('two', 9));
    });
    await world.execute('c1 store');
    expect(await storedOf(world)).toMatchObject({ secret: 'me', outbox: [{ sequence: 7 }], cache: [{ version: 3 }, { version: 3 }] });
    await world.execute('c1 store');
    expect(await storedOf(world)).toEqual({
      format: 2,
      secret: 'me again',
      outbox: [],
      nextSequence: 1,
      cache: [cached('two', 9)],
      heard: null,
    });
    await world.execute('c1 store');
    expect(await storedOf(world)).toMatchObject({ outbox: [{ sequence: 1 }], nextSequence: 2 });
    expect(settled).toEqual(['old write', 'clear', 'new write']);
  });

  test.each([true, false])('after a crash what was remembered behind a clear is there only with the clear: %s', async (keepsTail) => {
    const world = await start();
    const { storage } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.identify('me');
      void storage.remember(cached('one', 3));
      void storage.clear('me again', []);
      void storage.remember(cached('two', 9));
    });
    world.killClient('c1', keepsTail);
    const found = keepsTail ? { secret: 'me again', cache: [cached('two', 9)] } : { secret: 'me', cache: [cached('one', 3)] };
    expect(await storedOf(world)).toMatchObject(found);
  });

  test.each([true, false])('after a crash all that was under way is done, or nothing: %s', async (keepsTail) => {
    const world = await start();
    const { settled, watch } = createLog();
    const { storage } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.identify('me');
      watch('write', storage.enqueue({ sequence: 7, id: '7', operations: [] }));
      watch('clear', storage.clear('me again', []));
      watch('new write', storage.enqueue({ sequence: 1, id: '1', operations: [] }));
    });
    expect(world.killClient('c1', keepsTail)).toBe(keepsTail);
    expect(world.tasks()).toEqual([]);
    const kept = {
      format: 2,
      secret: 'me again',
      outbox: [{ sequence: 1, id: '1', operations: [] }],
      nextSequence: 2,
      cache: [],
      heard: null,
    };
    expect(await storedOf(world)).toEqual(
      keepsTail ? kept : { format: 2, secret: 'me', outbox: [], nextSequence: 1, cache: [], heard: null },
    );
    expect(settled).toEqual([]);
  });

  test('fails at the operation that is named, and is as it was', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    const { storage } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.identify('me');
      void storage.enqueue({ sequence: 1, id: '1', operations: [] });
    });
    await world.execute('c1 store');
    for (const operation of ['dequeue', 'remember', 'hear', 'replace', 'clear'] as const) {
      expect(world.failStorage('c1', 0, operation)).toBe(true);
      expect(world.failStorage('c1', 0, operation)).toBe(false);
    }
    await world.run(() => {
      watch('dequeue', storage.dequeue('1'));
      watch('remember', storage.remember(cached('one', 3)));
      watch('hear', storage.hear({ incarnation: 'i', version: 3 }));
      watch('replace', storage.replace('me too', []));
      watch('clear', storage.clear('me again', []));
      watch('behind', storage.remember(cached('two', 3)));
    });
    await world.execute('c1 store');
    await world.execute('c1 store');
    const failed = ['dequeue', 'remember', 'hear', 'replace', 'clear'].map((operation) => `${operation} failed, kept: 0`);
    expect([...settled].sort()).toEqual([...failed, 'behind'].sort());
    const held = { format: 2, secret: 'me', outbox: [{ sequence: 1, id: '1', operations: [] }], nextSequence: 2, cache: [], heard: null };
    expect(await storedOf(world)).toEqual(held);
    expect(world.failStorage('c1', 0, 'load')).toBe(true);
    await world.run(() => watch('load', storage.load()));
    expect(settled.at(-1)).toBe('load failed, kept: 0');
    expect(await storedOf(world)).toEqual(held);
  });

  test('fails in a write, unless something else is named, and then does not keep it', async () => {
    const world = await start();
    const { settled, watch } = createLog();
    const { storage } = world.clientEnvironment('c1');
    await world.run(() => {
      void storage.identify('me');
      watch('clear', storage.clear('me again', []));
    });
    expect(world.failStorage('c1', 1)).toBe(true);
    await world.run(() => watch('write', storage.enqueue({ sequence: 1, id: '1', operations: [] })));
    expect(world.failStorage('c1', 1)).toBe(false);
    expect(world.failStorage('c2', 1)).toBe(true);
    await world.execute('c1 store');
    await world.execute('c1 store');
    expect(settled).toEqual(['clear', 'write failed, kept: 0']);
    expect(await storedOf(world)).toEqual({ format: 2, secret: 'me again', outbox: [], nextSequence: 1, cache: [], heard: null });
  });

  test('is not changed by what a process does to its objects', async () => {
    const world = await start();
    const { storage } = world.clientEnvironment('c1');
    const tags = ['a'];
    const attributes: Record<string, string | readonly string[]> = { id: 't1', tags };
    const rows = [{ generation: 'c1:1', attributes }];
    await world.run(() => {
      void storage.identify('me');
      void storage.remember({ query: 'one', version: 1, rows });
    });
    const before = await storedOf(world);
    expect(before?.cache).toEqual([cached('one', 1)]);
    tags.push('b');
    attributes.done = 'yes';
    rows.length = 0;
    expect(await storedOf(world)).toEqual(before);
    const [result] = before?.cache ?? [];
    Object.assign(result?.rows[0] ?? {}, { generation: 'changed' });
    expect((await storedOf(world))?.cache).toEqual([cached('one', 1)]);
  });
});
