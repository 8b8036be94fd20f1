/**
 * The snapshot of a log on LMDB: each row, client id, remembered write, schema and incarnation under a key of its own, so that bringing it up to date writes
 * what changed and no more (`../README.md` describes the format).
 */
import { createHash } from 'node:crypto';
import type { Compaction, RememberedWrite, Snapshot, SnapshotClient } from '../../server/snapshot.ts';
import { StorageDamagedError } from '../errors.ts';
import { bytesOf } from '../exact-json.ts';
import {
  readNumberedIncarnation,
  readPushedSchema,
  readRememberedWrite,
  readSnapshotClient,
  readSnapshotHead,
  readSnapshotRow,
  type SnapshotHead,
} from '../read-snapshot.ts';
import type { Change } from './changes.ts';
import { hashedAndNumberedKey, hashedKey, hashOf, numberedKey, plainKey, rangeOf } from './keys.ts';
import { reading } from './reading.ts';
import type { Store } from './store.ts';

const letters = { row: 'r', client: 'c', write: 'w', schema: 'd', incarnation: 'i' } as const;
/** Of how many records the snapshot consists, so that one that lost some is not taken for a smaller one. */
const headKey = plainKey('v');

/** undefined where there is no snapshot. */
export function readHead(store: Store, folder: string): SnapshotHead | undefined {
  const bytes = store.get(headKey);
  return bytes === undefined ? undefined : reading(bytes, `${folder}: the snapshot`, readSnapshotHead);
}

export function readSnapshot(store: Store, folder: string): Snapshot | null {
  const head = readHead(store, folder);
  const records = (letter: string) => [...store.getRange(rangeOf(letter))];
  const all = <Held>(letter: string, what: string, read: (value: unknown) => Held): readonly Held[] =>
    Array.from(store.getRange(rangeOf(letter)), ({ value }) => reading(value, `${folder}: ${what} of the snapshot`, read));
  const writes = writesByClient(records(letters.write), folder);
  const snapshot = {
    version: head?.version ?? 0,
    schemas: [...all(letters.schema, 'a schema', readPushedSchema)].sort((one, other) => one.number - other.number),
    rows: all(letters.row, 'a row', readSnapshotRow),
    clients: records(letters.client).map(({ key, value }): SnapshotClient => {
      const client = reading(value, `${folder}: a client of the snapshot`, readSnapshotClient);
      return { ...client, writes: writes.get(hashOf(key).toString('hex')) ?? [] };
    }),
    incarnations: all(letters.incarnation, 'an incarnation', readNumberedIncarnation),
  };
  const { schemas, rows, clients, incarnations } = snapshot;
  const remembered = [...writes.values()].reduce((sum, { length }) => sum + length, 0);
  const found = schemas.length + rows.length + clients.length + incarnations.length + remembered;
  const expected = head?.records ?? 0;
  if (found !== expected) throw new StorageDamagedError(`${folder} holds ${found} records of ${expected} of its snapshot.`);
  return head === undefined ? null : snapshot;
}

function writesByClient(
  records: readonly { readonly key: Buffer; readonly value: Buffer }[],
  folder: string,
): ReadonlyMap<string, readonly RememberedWrite[]> {
  const writes = new Map<string, RememberedWrite[]>();
  for (const { key, value } of records) {
    const client = hashOf(key).toString('hex');
    const known = writes.get(client) ?? [];
    writes.set(client, known);
    known.push(reading(value, `${folder}: a write of the snapshot`, readRememberedWrite));
  }
  return writes;
}

/** What it takes to bring the snapshot up to date: for so many entries it stands then. */
export function changesOf(store: Store, folder: string, compaction: Compaction, entries: number): readonly Change[] {
  const changes = recordsOf(store, compaction);
  const records = changes.reduce(
    (count, { key, value }) => count + Number(value !== null) - Number(store.get(key) !== undefined),
    readHead(store, folder)?.records ?? 0,
  );
  const head: SnapshotHead = { version: compaction.version, entries, records };
  return [...changes, { key: headKey, value: bytesOf(head) }];
}

/** No key comes twice. */
function recordsOf(store: Store, { schemas, rows, clients, incarnations }: Compaction): readonly Change[] {
  const ofRows = rows.map(({ collection, id, row }) => ({
    key: hashedKey(letters.row, hash([collection, id])),
    value: row === null ? null : bytesOf({ collection, id, generation: row.generation, attributes: row.attributes }),
  }));
  const ofSchemas = new Map(schemas.map((pushed) => [hash(pushed.schema).toString('hex'), pushed]));
  return [
    ...ofRows,
    ...clients.flatMap((client) => recordsOfClient(store, client)),
    ...[...ofSchemas].map(([hex, pushed]) => ({ key: hashedKey(letters.schema, Buffer.from(hex, 'hex')), value: bytesOf(pushed) })),
    ...incarnations.map((begun) => ({ key: numberedKey(letters.incarnation, begun.number), value: bytesOf(begun) })),
  ];
}

function recordsOfClient(
  store: Store,
  { clientId, lastSequence, answered, forgottenUpTo, writes }: Compaction['clients'][number],
): readonly Change[] {
  const of = hash(clientId);
  const range = {
    start: hashedAndNumberedKey(letters.write, of, 0),
    end: hashedAndNumberedKey(letters.write, of, forgottenUpTo + 1),
  };
  return [
    { key: hashedKey(letters.client, of), value: bytesOf({ clientId, lastSequence, answered }) },
    ...Array.from(store.getKeys(range), (key) => ({ key: Buffer.from(key), value: null })),
    ...writes
      .filter(({ sequence }) => sequence > forgottenUpTo)
      .map((write) => ({ key: hashedAndNumberedKey(letters.write, of, write.sequence), value: bytesOf(write) })),
  ];
}

/** Names may be longer than any key of LMDB. */
function hash(value: unknown): Buffer {
  return createHash('sha256').update(bytesOf(value)).digest();
}
