/** Batches by themselves: who joins which, and what comes of a turn that throws or that ends the queue (W2). */
import { expect, test } from 'vitest';
import type { Logger } from '../runtime/ports.ts';
import { StorageFullError, StorageRefusedError } from '../storage/errors.ts';
import { createManualTimers, insertion, writeIdOf } from '../testing/server-environment.ts';
import { type AppendQueue, createAppendQueue, type Join } from './append-queue.ts';
import type { Compactor } from './compactor.ts';
import { zeroCounters } from './counters.ts';
import { createDatabase } from './database.ts';
import type { Staged } from './staged.ts';
import type { LogEntry } from './storage.ts';

function start(entriesMax = 100) {
  const counters = zeroCounters();
  const database = createDatabase({ snapshot: null, entries: [] }, null, 10, counters);
  const batches: (readonly LogEntry[])[] = [];
  const waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  const failures: unknown[] = [];
  const concluded: string[] = [];
  const storage = {
    load: async () => ({ snapshot: null, entries: [] }),
    append: (batch: readonly LogEntry[]) => {
      batches.push([...batch]);
      return new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
    },
    compact: async () => {},
  };
  const compactor: Compactor = { isDue: () => false, compact: async () => {} };
  const clock = createManualTimers();
  const said: string[] = [];
  const logger: Logger = { debug() {}, info: (text) => said.push(text), warn() {}, error: (text) => said.push(text) };
  const queue: AppendQueue = createAppendQueue({
    storage,
    database,
    compactor,
    counters,
    timers: clock.timers,
    logger,
    entriesMax,
    onFailure: (error) => failures.push(error),
  });

  /** The write of a client, which makes a row. */
  function write(clientId: string, conclude = () => {}): Join {
    return (staged: Staged) => {
      const version = staged.version() + 1;
      const sequence = staged.lastSequence(clientId) + 1;
      const changes = staged.add({
        kind: 'write',
        version,
        clientId,
        sequence,
        id: writeIdOf(sequence),
        answered: 0,
        operations: [insertion(clientId)],
      });
      return () => {
        concluded.push(`${clientId}:${sequence} @${version} beside ${[...staged.collections()].flatMap(([, rows]) => [...rows]).length}`);
        for (const entry of staged.entries().filter((one) => one.version === version)) database.apply(entry, changes);
        conclude();
      };
    };
  }
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    queue,
    batches: () => batches.map((batch) => batch.map((entry) => ('clientId' in entry ? entry.clientId : entry.kind)).join(' ')),
    concluded,
    failures,
    counters,
    write,
    settle,
    async durable() {
      waiting.shift()?.resolve();
      await settle();
    },
    said,
    advance: clock.advance,
    timers: clock.names,
    async fail(error: Error = new Error('disk gone')) {
      waiting.shift()?.reject(error);
      await settle();
    },
  };
}

test('what comes in one breath is one batch, and what comes meanwhile the next', async () => {
  const { queue, write, batches, concluded, settle, durable, counters } = start();
  queue.run(write('a'));
  queue.run(write('b'));
  await settle();
  for (const name of ['c', 'a', 'd']) queue.run(write(name));
  await settle();
  expect([batches(), concluded]).toEqual([['a b'], []]);
  await durable();
  expect(batches()).toEqual(['a b', 'c a d']);
  expect(concluded).toEqual(['a:1 @1 beside 2', 'b:1 @2 beside 2']);
  await durable();
  expect(concluded.slice(2)).toEqual(['c:1 @3 beside 4', 'a:2 @4 beside 4', 'd:1 @5 beside 4']);
  expect(counters.batches).toBe(2);
});

test('a batch is bounded', async () => {
  const { queue, write, batches, settle, durable } = start(2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) queue.run(write(name));
  await settle();
  await durable();
  await durable();
  expect(batches()).toEqual(['a b', 'c d', 'e']);
});

test('what stands on a batch waits for it, and what stands on nothing does not', async () => {
  const { queue, write, batches, settle, durable } = start();
  const said: string[] = [];
  queue.run(() => () => said.push('before'));
  queue.run(write('a'));
  queue.run((staged) => () => said.push(`behind ${staged.version()}`));
  await settle();
  expect([batches(), said]).toEqual([['a'], ['before']]);
  await durable();
  expect(said).toEqual(['before', 'behind 1']);
});

test('a turn that throws, at once or when all is durable, is its own matter', async () => {
  const { queue, write, batches, concluded, settle, durable } = start();
  const broken = new Error('broken');
  const errors: unknown[] = [];
  const fail = () => {
    throw broken;
  };
  queue.run(fail).catch((error: unknown) => errors.push(error));
  queue.run(write('a', fail)).catch((error: unknown) => errors.push(error));
  let isDone = false;
  queue.run(write('b')).then(() => {
    isDone = true;
  });
  await settle();
  expect(batches()).toEqual(['a b']);
  await durable();
  expect(errors).toEqual([broken, broken]);
  expect(concluded).toHaveLength(2);
  expect(isDone).toBe(true);
});

test('a batch that fails ends the queue: nobody is told, and nothing more is asked of storage', async () => {
  const { queue, write, batches, concluded, failures, settle, fail } = start();
  for (const name of ['a', 'b']) queue.run(write(name));
  await settle();
  queue.run(write('c'));
  await fail();
  queue.run(write('d'));
  await settle();
  expect(batches()).toEqual(['a b']);
  expect(concluded).toEqual([]);
  expect(failures).toEqual([new Error('disk gone')]);
});

test('who ends the queue while a batch comes about ends it there', async () => {
  const { queue, write, concluded, settle, durable } = start();
  queue.run(write('a', () => queue.stop()));
  queue.run(write('b'));
  await settle();
  await durable();
  expect(concluded).toHaveLength(1);
});

/** A write that is rejected where storage refused it. */
function refusable(clientId: string, concluded: string[]): Join {
  return (staged) => {
    const version = staged.version() + 1;
    const sequence = staged.lastSequence(clientId) + 1;
    const common = { version, clientId, sequence, id: writeIdOf(sequence), answered: 0 };
    const error = { name: 'StorageRefusedError', message: 'no' };
    if (staged.isRefused(clientId, common)) staged.add({ kind: 'rejection', ...common, error });
    else staged.add({ kind: 'write', ...common, operations: [insertion(clientId)] });
    return () => concluded.push(`${clientId} @${version}`);
  };
}

function watchedAside(isGone = () => false) {
  const told: string[] = [];
  return {
    told,
    aside: {
      begin: () => told.push('begin'),
      end: () => told.push('end'),
      fail: (error: unknown) => told.push(`fail ${String(error)}`),
      isGone,
    },
  };
}

test('an entry that storage refuses comes again as a rejection, among the others and in its place', async () => {
  const { queue, batches, settle, durable, fail, failures, counters } = start();
  const concluded: string[] = [];
  for (const name of ['a', 'b', 'c']) queue.run(refusable(name, concluded));
  await settle();
  queue.run(refusable('d', concluded));
  await fail(new StorageRefusedError(1));
  expect([batches(), concluded]).toEqual([['a b c', 'a b c d'], []]);
  await durable();
  expect(concluded).toEqual(['a @1', 'b @2', 'c @3', 'd @4']);
  expect([failures, counters.entriesRefused]).toEqual([[], 1]);
});

test('a schema that storage refuses is over by that, and the writes beside it go on', async () => {
  const { queue, batches, settle, durable, fail } = start();
  const concluded: string[] = [];
  const errors: string[] = [];
  queue.run(refusable('a', concluded));
  const pushed = queue.run((staged) => {
    staged.add({ kind: 'schema', version: staged.version() + 1, schema: { collections: {}, roles: {} } });
    return () => concluded.push('schema');
  });
  pushed.catch((error: unknown) => errors.push(error instanceof Error ? error.name : ''));
  queue.run(refusable('b', concluded));
  await settle();
  await fail(new StorageRefusedError(1));
  expect([batches(), errors]).toEqual([['a schema b', 'a b'], ['StorageRefusedError']]);
  await durable();
  expect(concluded).toEqual(['a @1', 'b @2']);
});

test.each([
  ['refuses what holds nothing but number and id', 0],
  ['names an entry that is not there', 7],
])('a storage that %s is one that fails: nothing is tried for ever', async (_, index) => {
  const { queue, batches, settle, fail, failures } = start();
  queue.run(refusable('a', []));
  await settle();
  await fail(new StorageRefusedError(0));
  const error = new StorageRefusedError(index);
  await fail(error);
  expect([batches(), failures]).toEqual([['a', 'a'], [error]]);
});

test('without space it asks again after 1 s, 2 s and so on up to 60 s; that is said once, and once when it is over', async () => {
  const { queue, write, batches, settle, durable, fail, advance, said, timers, failures, concluded } = start();
  queue.run(write('a'));
  await settle();
  for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
    await fail(new StorageFullError('no space'));
    const asked = batches().length;
    advance(1_000 * seconds - 1);
    await settle();
    expect(batches()).toHaveLength(asked);
    advance(1);
    await settle();
    expect(batches()).toHaveLength(asked + 1);
  }
  expect([said.map((text) => text.split('\n')[0]), queue.isFull(), concluded]).toEqual([
    ['The storage has no space: writes wait, and it is asked again. StorageFullError: no space'],
    true,
    [],
  ]);
  await durable();
  expect(said.slice(1)).toEqual(['The storage has space again: what waited is being appended.']);
  expect([queue.isFull(), concluded, timers(), failures]).toEqual([false, ['a:1 @1 beside 1'], [], []]);
  queue.run(write('b'));
  await settle();
  await fail(new StorageFullError('no space'));
  advance(1_000);
  await settle();
  expect(batches().at(-1)).toBe('b');
});

test('what waits for space is set aside, so that its connection goes on, and is told when it is over', async () => {
  const { queue, write, settle, durable, fail, advance } = start();
  const [first, second] = [watchedAside(), watchedAside()];
  let resolved = 0;
  const count = () => {
    resolved += 1;
  };
  queue.run(write('a'), first.aside).then(count);
  queue.run(write('b')).then(count);
  await settle();
  await fail(new StorageFullError('no space'));
  queue.run(write('c'), second.aside).then(count);
  await settle();
  expect([resolved, first.told, second.told, queue.waiting()]).toEqual([2, ['begin'], ['begin'], 3]);
  advance(1_000);
  await settle();
  await durable();
  expect([resolved, first.told, second.told, queue.waiting()]).toEqual([3, ['begin', 'end'], ['begin', 'end'], 0]);
});

test('turns of connections that are gone do not gather while there is no space', async () => {
  const { queue, write, settle, fail } = start();
  queue.run(write('a'));
  await settle();
  await fail(new StorageFullError('no space'));
  for (let count = 0; count < 10_000; count += 1) queue.run(write('gone'), watchedAside(() => true).aside);
  expect(queue.waiting()).toBeLessThan(1_100);
});

test('a queue that is stopped asks no more, and leaves no timer', async () => {
  const { queue, write, batches, settle, fail, advance, timers } = start();
  queue.run(write('a'));
  await settle();
  await fail(new StorageFullError('no space'));
  queue.stop();
  expect(timers()).toEqual([]);
  advance(60_000);
  await settle();
  expect(batches()).toEqual(['a']);
});
