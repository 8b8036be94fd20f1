/** Batches by themselves: who joins which, and what comes of a turn that throws or that ends the queue (W2). */
import { expect, test } from 'vitest';
import { insertion, writeIdOf } from '../testing/server-environment.ts';
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
  const onFailure = (error: unknown): void => void failures.push(error);
  const queue: AppendQueue = createAppendQueue({ storage, database, compactor, counters, entriesMax, onFailure });

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
    async fail() {
      waiting.shift()?.reject(new Error('disk full'));
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
  expect(failures).toEqual([new Error('disk full')]);
});

test('who ends the queue while a batch comes about ends it there', async () => {
  const { queue, write, concluded, settle, durable } = start();
  queue.run(write('a', () => queue.stop()));
  queue.run(write('b'));
  await settle();
  await durable();
  expect(concluded).toHaveLength(1);
});
