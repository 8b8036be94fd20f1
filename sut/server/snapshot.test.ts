/** A server that begins from a snapshot and what lies behind it is where it would be from the whole log, wherever that was cut (W2). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../protocol/frames.ts';
import { insertion, startTestServer, writeFrame } from '../testing/server-environment.ts';
import { todosSchema } from '../testing/server-schemas.ts';
import { logEntriesMaxOf } from './compactor.ts';
import { zeroCounters } from './counters.ts';
import { createDatabase, type Database } from './database.ts';
import { createIncarnations } from './incarnations.ts';
import { createKeptSnapshot } from './snapshot.ts';
import { type LogEntry, memoryServerStorage, type StoredLog } from './storage.ts';

const writeIdsKept = 3;
const clients = ['c1', 'c2'];
const ids = ['__proto__', 'milk', 'rent'];
const collections = ['todos', 'notes'];

type Event =
  | { readonly is: 'write' | 'rejection'; readonly client: number; readonly answered: number; readonly changes: readonly Change[] }
  | { readonly is: 'schema'; readonly collection: number }
  | { readonly is: 'incarnation' | 'cut' };
interface Change {
  readonly kind: 'insert' | 'update' | 'delete';
  readonly collection: number;
  readonly id: number;
  readonly value: number;
}

const changes = fc.array(
  fc.record({
    kind: fc.constantFrom('insert' as const, 'insert' as const, 'update' as const, 'delete' as const),
    collection: fc.nat(1),
    id: fc.nat(2),
    value: fc.nat(9),
  }),
  { minLength: 1, maxLength: 3 },
);
const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ is: fc.constant('write' as const), client: fc.nat(1), answered: fc.nat(4), changes }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant('rejection' as const), client: fc.nat(1), answered: fc.nat(4), changes }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('schema' as const), collection: fc.nat(1) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('incarnation' as const) }) },
    { weight: 3, arbitrary: fc.record({ is: fc.constant('cut' as const) }) },
  ),
  { maxLength: 40 },
);

const schemaOf = (collection: string) => ({ collections: { [collection]: { attributes: {}, permissions: null } }, roles: {} });

/** The operation; an update or delete of the row that is there, where one is. */
function operationOf(database: Database, { kind, collection: at, id: which, value }: Change): Operation {
  const collection = collections[at] ?? '';
  const id = ids[which] ?? '';
  const generation = [...database.rowsOf(collection)].find(({ attributes }) => attributes.id === id)?.generation ?? 'dead';
  switch (kind) {
    case 'insert':
      return { kind, collection, id, attributes: { id, value } };
    case 'update':
      return { kind, collection, id, generation, changes: { value, more: -0 } };
    case 'delete':
      return { kind, collection, id, generation };
  }
}

function entryOf(database: Database, event: Event, number: number): LogEntry | undefined {
  const version = database.version() + 1;
  switch (event.is) {
    case 'cut':
      return undefined;
    case 'write':
    case 'rejection': {
      const clientId = clients[event.client] ?? '';
      const sequence = database.lastSequence(clientId) + 1;
      const authorship = { version, clientId, sequence, id: `${clientId} ${number}`, answered: event.answered };
      if (event.is === 'rejection') return { kind: 'rejection', ...authorship, error: { name: 'No', message: `${number}` } };
      return { kind: 'write', ...authorship, operations: event.changes.map((change) => operationOf(database, change)) };
    }
    case 'schema':
      return { kind: 'schema', version, schema: schemaOf(collections[event.collection] ?? '') };
    case 'incarnation':
      return { kind: 'incarnation', version: version - 1, id: `start ${number}` };
  }
}

const databaseOf = (log: StoredLog): Database => createDatabase(log, null, writeIdsKept, zeroCounters());

/** All that a server would answer. */
function answers(log: StoredLog, entries: readonly LogEntry[]) {
  const database = databaseOf(log);
  const incarnations = createIncarnations(log, { kind: 'incarnation', version: database.version(), id: 'now' });
  const writes = entries.flatMap((entry) => (entry.kind === 'write' || entry.kind === 'rejection' ? [entry] : []));
  const began = entries.flatMap((entry) => (entry.kind === 'incarnation' ? [entry.id] : []));
  const versions = Array.from({ length: database.version() + 2 }, (_, version) => version);
  const rows = [...database.collections()].map(([name, all]) => [name, [...all].sort(byId)] as const);
  return {
    rows: rows.sort(([one], [other]) => (one < other ? -1 : 1)),
    version: database.version(),
    schema: database.schema(),
    schemaVersion: database.schemaVersion(),
    last: clients.map((client) => database.lastSequence(client)),
    recalled: writes.map(({ clientId, sequence, id }) =>
      [true, false].map((resent) => database.recall(clientId, { sequence, id, resent })),
    ),
    another: writes.map(({ clientId, sequence }) => database.recall(clientId, { sequence, id: 'another', resent: false })),
    diverged: began.map((incarnation) => versions.map((version) => incarnations.hasDiverged({ incarnation, version }))),
  };
}

function byId(one: { readonly generation: string }, other: { readonly generation: string }): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

test('wherever the log is cut, and however often, what is left says the same', () => {
  fc.assert(
    fc.property(events, (happening) => {
      let database = databaseOf({ snapshot: null, entries: [] });
      const kept = createKeptSnapshot();
      const whole: LogEntry[] = [];
      let behind: LogEntry[] = [];
      for (const [number, event] of happening.entries()) {
        const entry = entryOf(database, event, number);
        if (entry === undefined) {
          kept.take(database.compaction());
          database.tail.cut();
          behind = [];
          // As after a crash, now and then.
          if (number % 2 === 0) database = databaseOf({ snapshot: structuredClone(kept.read()), entries: behind });
          continue;
        }
        if (entry.kind === 'incarnation') database.begin(entry);
        else database.apply(entry);
        whole.push(entry);
        behind.push(entry);
      }
      expect(answers({ snapshot: kept.read(), entries: behind }, whole)).toEqual(answers({ snapshot: null, entries: whole }, whole));
    }),
    { numRuns: 300 },
  );
});

test('to take a compaction twice is to take it once', () => {
  const database = databaseOf({ snapshot: null, entries: [] });
  const kept = createKeptSnapshot();
  database.begin({ kind: 'incarnation', version: 0, id: 'first' });
  const compaction = database.compaction();
  kept.take(compaction);
  const once = kept.read();
  kept.take(compaction);
  expect(kept.read()).toEqual(once);
  expect(createKeptSnapshot(once).read()).toEqual(once);
});

describe('a server', () => {
  test('begins from the rows and a bounded tail, however long the history was', async () => {
    const storage = memoryServerStorage();
    const world = await startTestServer({ storage, logEntriesMax: 10, writeIdsKept: 5 });
    const client = await world.connect('c1');
    for (let sequence = 1; sequence <= 300; sequence += 1) await client.send(writeFrame(sequence, insertion(`row ${sequence % 4}`)));
    const { snapshot, entries } = await storage.load();
    expect(entries.length).toBeLessThan(10);
    expect(snapshot?.rows.length).toBe(4);
    expect(snapshot?.clients.map(({ lastSequence, writes }) => [lastSequence, writes.length])).toEqual([[snapshot?.version, 5]]);
    expect((snapshot?.version ?? 0) + entries.filter(({ kind }) => kind === 'write').length).toBe(300);
    // The incarnation is an entry too.
    expect(world.inspect().counters.compactions).toBe(30);
  });

  test('that finds a long log compacts it though nobody writes', async () => {
    const entries = Array.from({ length: 20 }, (_, at): LogEntry => ({ kind: 'incarnation', version: 0, id: `${at}` }));
    const storage = memoryServerStorage(entries);
    await startTestServer({ storage, logEntriesMax: 20 });
    const stored = await storage.load();
    expect([stored.entries.length, stored.snapshot?.incarnations.length]).toEqual([0, 21]);
  });

  test('goes on where its log could not be compacted, and tries again when as many entries more have come', async () => {
    const kept = memoryServerStorage();
    let asked = 0;
    const storage = {
      ...kept,
      compact: async (compaction: Parameters<typeof kept.compact>[0]) => {
        asked += 1;
        if (asked === 1) throw new Error('disk gone');
        await kept.compact(compaction);
      },
    };
    const world = await startTestServer({ storage, logEntriesMax: 3, schema: todosSchema() });
    const client = await world.connect('c1');
    const lengths: number[] = [];
    for (let sequence = 1; sequence <= 6; sequence += 1) {
      await client.send(writeFrame(sequence, insertion(`row ${sequence}`, { title: 'a', done: false })));
      lengths.push((await kept.load()).entries.length);
    }
    expect(client.closed()).toBeUndefined();
    expect(asked).toBe(2);
    expect(lengths).toEqual([2, 3, 4, 5, 0, 1]);
  });
});

test('the bound is one that bounds', () => {
  expect([logEntriesMaxOf(undefined), logEntriesMaxOf(1), logEntriesMaxOf(Number.POSITIVE_INFINITY)]).toEqual([
    1_024,
    1,
    Number.POSITIVE_INFINITY,
  ]);
  for (const asked of [0, -1, 1.5, Number.NaN]) expect(() => logEntriesMaxOf(asked)).toThrow(/logEntriesMax must be/);
});
