/**
 * What the log says: the rows, the version and the last sequence number of each client id. Everything here follows from
 * the entries applied, in order, so a server that starts again from its log is where it was (W1, W3).
 */
import type { Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';
import type { LogEntry } from './storage.ts';

/** A row that an entry wrote, before and after the whole entry; `undefined` where there was or is none. */
export interface RowChange {
  readonly collection: string;
  readonly id: string;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
}

export interface Database {
  /** The number of entries applied. */
  version(): number;
  /** 0 for a client id that never wrote. */
  lastSequence(clientId: string): number;
  rowsOf(collection: string): Iterable<StoredRow>;
  /** Applies the entry and tells what it wrote. Throws if it is not the next one. */
  apply(entry: LogEntry): readonly RowChange[];
}

type Collections = Map<string, Map<string, StoredRow>>;

/** The row after the operation. An update or delete whose generation is dead leaves it as it is (W3). */
function written(row: StoredRow | undefined, operation: Operation, generation: string): StoredRow | undefined {
  switch (operation.kind) {
    case 'insert':
      return { generation, attributes: { ...operation.attributes, id: operation.id } };
    case 'update':
      if (row?.generation !== operation.generation) return row;
      return { generation: row.generation, attributes: { ...row.attributes, ...operation.changes, id: operation.id } };
    case 'delete':
      return row?.generation === operation.generation ? undefined : row;
  }
}

function write(collections: Collections, operation: Operation, generation: string): RowChange {
  const { collection, id } = operation;
  const rows = collections.get(collection) ?? new Map<string, StoredRow>();
  const before = rows.get(id);
  const after = written(before, operation, generation);
  if (after === undefined) rows.delete(id);
  else rows.set(id, after);
  if (rows.size > 0) collections.set(collection, rows);
  else collections.delete(collection);
  return { collection, id, before, after };
}

/** Several operations on one row are one change of it; none at all where the row is what it was. */
function merged(changes: readonly RowChange[]): readonly RowChange[] {
  const byRow = new Map<string, RowChange>();
  for (const change of changes) {
    const name = JSON.stringify([change.collection, change.id]);
    byRow.set(name, { ...change, before: (byRow.get(name) ?? change).before });
  }
  return [...byRow.values()].filter(({ before, after }) => before !== after);
}

export function createDatabase(log: readonly LogEntry[]): Database {
  const collections: Collections = new Map();
  const lastSequences = new Map<string, number>();
  let version = 0;

  const database: Database = {
    version: () => version,
    lastSequence: (clientId) => lastSequences.get(clientId) ?? 0,
    rowsOf: (collection) => collections.get(collection)?.values() ?? [],
    apply(entry) {
      if (entry.version !== version + 1) throw new Error(`The log goes from version ${version} to ${entry.version}.`);
      version = entry.version;
      lastSequences.set(entry.clientId, entry.sequence);
      const generation = `${entry.clientId}:${entry.sequence}`;
      return merged(entry.operations.map((operation) => write(collections, operation, generation)));
    },
  };
  for (const entry of log) database.apply(entry);
  return database;
}
