/** The snapshot of a log on LMDB: whatever compactions brought it up to date, it is what they say, whole, and one that lost something is told (W2). */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Compaction, createKeptSnapshot, type Snapshot } from '../../server/snapshot.ts';
import type { LogEntry } from '../../server/storage.ts';
import { temporaryFolders } from '../test-folders.ts';
import { openEnvironment } from './environment.ts';
import { rangeOf } from './keys.ts';
import { logFormat, openLmdbServerStorage } from './server-storage.ts';
import { isLmdbThere } from './test-lmdb.ts';

const folder = temporaryFolders();

const names = fc.constantFrom('a', 'b', '__proto__', '\u0000', '\ud800', 'k'.repeat(5_000));
const attributes = fc.constantFrom({ id: 'a' }, { id: 'a', zero: -0 }, JSON.parse('{"id":"a","__proto__":["\\u0000","\\ud800"]}'));
const rows = fc.uniqueArray(
  fc.record(
    {
      collection: names,
      id: names,
      row: fc.option(fc.record({ generation: names, attributes }, { noNullPrototype: true }), { nil: null }),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 4, selector: ({ collection, id }) => JSON.stringify([collection, id]) },
);
const errors = fc.constantFrom(null, { name: 'No', message: '“no”\u0000' });
/** The writes of a client between one compaction and the next: so many, and so many of the latest are remembered. */
const steps = fc.array(
  fc.record({
    rows,
    writes: fc.dictionary(names, fc.record({ count: fc.integer({ min: 1, max: 5 }), kept: fc.integer({ min: 1, max: 4 }), error: errors })),
    schemas: fc.array(names, { maxLength: 2 }),
    incarnations: fc.nat(2),
  }),
  { minLength: 1, maxLength: 4 },
);
type Step = typeof steps extends fc.Arbitrary<(infer Each)[]> ? Each : never;

/** Numbers go on where they were. */
function compactionsOf(all: readonly Step[]): readonly Compaction[] {
  const last = new Map<string, number>();
  let schemas = 0;
  let incarnations = 0;
  return all.map((step, at) => ({
    version: at,
    rows: step.rows,
    schemas: step.schemas.map((name) => {
      schemas += 1;
      return { number: schemas, schema: { collections: { [name]: { attributes: {}, permissions: null } }, roles: {} } };
    }),
    incarnations: Array.from({ length: step.incarnations }, () => {
      incarnations += 1;
      return { number: incarnations, id: `start ${incarnations}`, version: at };
    }),
    clients: Object.entries(step.writes).map(([clientId, { count, kept, error }]) => {
      const before = last.get(clientId) ?? 0;
      const lastSequence = before + count;
      last.set(clientId, lastSequence);
      const writes = Array.from({ length: count }, (_, index) => ({
        sequence: before + index + 1,
        id: `${index}`,
        version: at + 1,
        error,
      }));
      return { clientId, lastSequence, answered: before, forgottenUpTo: Math.max(0, lastSequence - kept), writes };
    }),
  }));
}

const nothingElse = (snapshot: Snapshot | null) =>
  snapshot === null
    ? null
    : {
        ...snapshot,
        rows: [...snapshot.rows].sort((one, other) =>
          JSON.stringify([one.collection, one.id]) < JSON.stringify([other.collection, other.id]) ? -1 : 1,
        ),
        clients: [...snapshot.clients].sort((one, other) => (one.clientId < other.clientId ? -1 : 1)),
      };

describe.skipIf(!isLmdbThere)('a snapshot', () => {
  test('is what the compactions say, after it was closed and opened, with what lies behind it', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const path = folder();
        const kept = createKeptSnapshot();
        const storage = await openLmdbServerStorage(path);
        const behind: LogEntry = { kind: 'incarnation', version: 0, id: 'behind' };
        for (const compaction of compactionsOf(all)) {
          await storage.append([behind, behind]);
          await storage.compact(compaction);
          kept.take(compaction);
        }
        await storage.append([behind]);
        await storage.close();
        const again = await openLmdbServerStorage(path);
        const { snapshot, entries } = await again.load();
        await again.close();
        return isDeepStrictEqual(nothingElse(snapshot), nothingElse(kept.read())) && isDeepStrictEqual(entries, [behind]);
      }),
      { numRuns: 20 },
    );
  });

  test.each(['r', 'c', 'w', 'd', 'i', 'v'])('that lost what stands under %s is told', async (letter) => {
    const path = folder();
    const storage = await openLmdbServerStorage(path);
    await storage.append([{ kind: 'incarnation', version: 0, id: 'first' }]);
    await storage.compact({
      version: 1,
      schemas: [{ number: 1, schema: { collections: {}, roles: {} } }],
      rows: [{ collection: 'todos', id: 'milk', row: { generation: 'c1:1', attributes: { id: 'milk' } } }],
      clients: [
        { clientId: 'c1', lastSequence: 1, answered: 0, forgottenUpTo: 0, writes: [{ sequence: 1, id: '1', version: 1, error: null }] },
      ],
      incarnations: [{ number: 1, id: 'first', version: 0 }],
    });
    await storage.close();
    const environment = await openEnvironment(path, logFormat);
    const keys = await environment.read((store) => Array.from(store.getKeys(rangeOf(letter)), (key) => Buffer.from(key)));
    await environment.commit((changes) => {
      for (const key of keys) changes.remove(key);
    });
    await environment.close();
    expect(keys.length).toBe(1);
    const damaged = await openLmdbServerStorage(path);
    await expect(damaged.load()).rejects.toMatchObject({ name: 'StorageDamagedError', message: expect.stringMatching(/of its snapshot/) });
    await damaged.close();
  });
});
