/** What every storage of a client does: the tests that each of them passes, in memory or on a disk. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CachedResult, type ClientStorage, memoryClientStorage, type OutboxEntry, type StoredClient } from '../client/storage.ts';

/** A storage that nobody has used. */
export type OpenStorage = () => Promise<TestedStorage>;
export interface TestedStorage {
  readonly storage: ClientStorage;
  /** What the next process finds: the same where it keeps nothing beyond its process. */
  readonly again: () => Promise<ClientStorage>;
}

const idOf = (sequence: number): string => `${sequence}`.padStart(32, '0');
const write = (sequence: number, id = idOf(sequence)): OutboxEntry => ({
  sequence,
  id,
  operations: [
    { kind: 'insert', collection: 'todos', id: `t${sequence}`, attributes: { id: `t${sequence}`, rank: -0, text: '\ud800\u0000' } },
  ],
});
const result = (query: string, version: number): CachedResult => ({
  query,
  version,
  rows: [
    {
      generation: 'c1:1',
      attributes: Object.fromEntries([
        ['id', 't1'],
        ['__proto__', 'a'],
        ['tags', ['a', -0]],
      ]),
    },
  ],
});

/** The order of cached results is nobody's business. */
async function found(storage: ClientStorage): Promise<StoredClient | undefined> {
  const stored = await storage.load();
  if (stored?.format !== 2) return undefined;
  return { ...stored, cache: [...stored.cache].sort((one, other) => (one.query < other.query ? -1 : 1)) };
}

type Step = (storage: ClientStorage) => Promise<void>;
const few = fc.integer({ min: 1, max: 4 });
const outboxes = fc.array(few, { maxLength: 3 }).map((ids) => ids.map((id, at) => write(at + 1, idOf(id))));
const secrets = fc.constantFrom('one', 'two', '\ud800');
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.tuple(few, few).map(
      ([sequence, id]): Step =>
        (storage) =>
          storage.enqueue(write(sequence, idOf(id))),
    ),
    few.map(
      (id): Step =>
        (storage) =>
          storage.dequeue(idOf(id)),
    ),
    fc.tuple(few, few).map(
      ([query, version]): Step =>
        (storage) =>
          storage.remember(result(`query ${query}`, version)),
    ),
    few.map(
      (query): Step =>
        (storage) =>
          storage.forget(`query ${query}`),
    ),
    few.map(
      (version): Step =>
        (storage) =>
          storage.hear({ incarnation: 'i', version }),
    ),
    secrets.map(
      (secret): Step =>
        (storage) =>
          storage.identify(secret),
    ),
    fc.tuple(secrets, outboxes).map(
      ([secret, outbox]): Step =>
        (storage) =>
          storage.replace(secret, outbox),
    ),
    fc.tuple(secrets, outboxes).map(
      ([secret, outbox]): Step =>
        (storage) =>
          storage.clear(secret, outbox),
    ),
  ),
  { maxLength: 24 },
);

export function describeClientStorage(name: string, open: OpenStorage): void {
  describe(`a client's storage: ${name}`, () => {
    test('nobody has used it', async () => {
      const { storage } = await open();
      expect(await storage.load()).toBeUndefined();
    });

    test('who begins on it is known, and nothing else', async () => {
      const { storage, again } = await open();
      await storage.identify('secret');
      const stored = { format: 2, secret: 'secret', outbox: [], nextSequence: 1, cache: [], heard: null };
      expect(await found(storage)).toEqual(stored);
      expect(await found(await again())).toEqual(stored);
    });

    test('writes are there in the order in which they came, until they are taken out; the next number goes on', async () => {
      const { storage, again } = await open();
      await storage.identify('secret');
      for (let sequence = 1; sequence <= 300; sequence += 1) void storage.enqueue(write(sequence));
      await storage.dequeue(idOf(1));
      await storage.dequeue(idOf(257));
      await storage.dequeue('no such write');
      const left = Array.from({ length: 300 }, (_, at) => write(at + 1)).filter(({ sequence }) => sequence !== 1 && sequence !== 257);
      expect(await found(storage)).toMatchObject({ outbox: left, nextSequence: 301 });
      expect(await found(await again())).toMatchObject({ outbox: left, nextSequence: 301 });
    });

    test('another outbox under another secret leaves results, and what was heard', async () => {
      const { storage, again } = await open();
      await storage.identify('secret');
      await Promise.all([storage.enqueue(write(7)), storage.remember(result('q', 3)), storage.hear({ incarnation: 'i', version: 3 })]);
      await storage.replace('another', [write(1, 'a'), write(2, 'b')]);
      const stored = {
        secret: 'another',
        outbox: [write(1, 'a'), write(2, 'b')],
        nextSequence: 3,
        cache: [result('q', 3)],
        heard: { incarnation: 'i', version: 3 },
      };
      expect(await found(storage)).toMatchObject(stored);
      expect(await found(await again())).toMatchObject(stored);
    });

    test('a clear leaves nothing of what was asked for before it, and all that was asked for behind it', async () => {
      const { storage, again } = await open();
      await storage.identify('secret');
      await Promise.all([
        storage.remember(result('before', 1)),
        storage.hear({ incarnation: 'i', version: 1 }),
        storage.enqueue(write(1)),
        storage.clear('another', [write(1, 'a')]),
        storage.remember(result('behind', 2)),
        storage.enqueue(write(2, 'b')),
      ]);
      const stored = {
        secret: 'another',
        outbox: [write(1, 'a'), write(2, 'b')],
        nextSequence: 3,
        cache: [result('behind', 2)],
        heard: null,
      };
      expect(await found(storage)).toMatchObject(stored);
      expect(await found(await again())).toMatchObject(stored);
    });

    test('of results of one query, asked for at once, the last stays', async () => {
      const { storage, again } = await open();
      await storage.identify('secret');
      const query = 'q\ud800'.repeat(3_000);
      await Promise.all([3, 1, 2].map((version) => storage.remember(result(query, version))));
      expect((await found(storage))?.cache).toEqual([result(query, 2)]);
      expect((await found(await again()))?.cache).toEqual([result(query, 2)]);
    });

    test('any calls, none waiting for the one before it, leave what they leave in memory', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (calls) => {
          const { storage, again } = await open();
          const memory = memoryClientStorage();
          await Promise.all(calls.flatMap((call) => [call(storage), call(memory)]));
          expect(await found(storage)).toEqual(await found(memory));
          expect(await found(await again())).toEqual(await found(memory));
        }),
        { numRuns: 60 },
      );
    });
  });
}
