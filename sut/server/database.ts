/**
 * What the log says: the rows, the schema, the version, and what became of the writes of each client id. Everything here
 * follows from the entries applied, in order, so a server that starts again from its log is where it was (W1 to W4).
 */
import type { Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import { frozenSchema } from './frozen-schema.ts';
import type { IncarnationEntry, LogEntry, RejectionEntry, SchemaEntry, WriteEntry } from './storage.ts';
import { createWriteHistory, type Recalled, type SaidWrite, type WriteHistory } from './write-history.ts';

/** A row that was written, before and after; `undefined` where there was or is none. */
export interface RowChange {
  readonly collection: string;
  readonly id: string;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
}
/** An entry that takes a version; an incarnation changes nothing here. */
export type VersionedEntry = Exclude<LogEntry, IncarnationEntry>;
export type Rejection = RejectionEntry['error'];
export type Write = Pick<WriteEntry, 'clientId' | 'sequence' | 'operations'>;

export interface Database {
  /** The number of entries applied, incarnations left out. */
  version(): number;
  /** The current one; null: none. Frozen, so that it can be handed out (C1). */
  schema(): PlainSchema | null;
  /** How many schemas were pushed (H1). */
  schemaVersion(): number;
  /** 0 for a client id that never wrote. */
  lastSequence(clientId: string): number;
  /** Of a write whose number is used up. */
  recall(clientId: string, write: SaidWrite): Recalled;
  /** The client says that it was answered up to that number. Lasts as long as the process: an entry says it again. */
  noteAnswered(clientId: string, upTo: number): void;
  rowsOf(collection: string): Iterable<StoredRow>;
  collections(): Iterable<readonly [collection: string, rows: Iterable<StoredRow>]>;
  /**
   * What each operation would do to its row as the ones before it would leave it; nothing (before is after) where the
   * generation is dead. Made one by one, as they are asked for: thousands of updates of one large row are not held at once.
   */
  effectsOf(write: Write): Iterable<RowChange>;
  /** Applies the entry and tells what the whole of it changed, once a row. Throws if it is not the next one. */
  apply(entry: VersionedEntry): readonly RowChange[];
}

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

function nameOf({ collection, id }: { readonly collection: string; readonly id: string }): string {
  return JSON.stringify([collection, id]);
}

/** Several operations on one row are one change of it; none at all where the row is what it was. */
function merged(changes: Iterable<RowChange>): readonly RowChange[] {
  const byRow = new Map<string, RowChange>();
  for (const change of changes) {
    const name = nameOf(change);
    byRow.set(name, { ...change, before: (byRow.get(name) ?? change).before });
  }
  return [...byRow.values()].filter(({ before, after }) => before !== after);
}

function createRows() {
  const collections = new Map<string, Map<string, StoredRow>>();
  return {
    collections,
    get: (collection: string, id: string) => collections.get(collection)?.get(id),
    set({ collection, id, after }: RowChange): void {
      const rows = collections.get(collection) ?? new Map<string, StoredRow>();
      if (after === undefined) rows.delete(id);
      else rows.set(id, after);
      if (rows.size > 0) collections.set(collection, rows);
      else collections.delete(collection);
    },
  };
}

/** `initialSchema` holds until the log has one. Of each client id so many writes are remembered. */
export function createDatabase(log: readonly LogEntry[], initialSchema: PlainSchema | null, writeIdsKept: number): Database {
  const rows = createRows();
  const histories = new Map<string, WriteHistory>();
  let version = 0;
  let schema = initialSchema;
  let schemaVersion = 0;

  function historyOf(clientId: string): WriteHistory {
    const history = histories.get(clientId) ?? createWriteHistory(writeIdsKept);
    histories.set(clientId, history);
    return history;
  }

  function applyWrite(entry: WriteEntry): readonly RowChange[] {
    historyOf(entry.clientId).note(entry);
    const changes = merged(database.effectsOf(entry));
    for (const change of changes) rows.set(change);
    return changes;
  }

  function applyRejection(entry: RejectionEntry): readonly RowChange[] {
    historyOf(entry.clientId).note(entry);
    return [];
  }

  function applySchema(entry: SchemaEntry): readonly RowChange[] {
    schema = frozenSchema(entry.schema);
    schemaVersion += 1;
    return [];
  }

  const database: Database = {
    version: () => version,
    schema: () => schema,
    schemaVersion: () => schemaVersion,
    lastSequence: (clientId) => histories.get(clientId)?.lastSequence() ?? 0,
    recall: (clientId, write) => historyOf(clientId).recall(write),
    noteAnswered: (clientId, upTo) => histories.get(clientId)?.noteAnswered(upTo),
    rowsOf: (collection) => rows.collections.get(collection)?.values() ?? [],
    *collections() {
      for (const [collection, held] of rows.collections) yield [collection, held.values()] as const;
    },
    *effectsOf({ clientId, sequence, operations }) {
      const generation = `${clientId}:${sequence}`;
      const left = new Map<string, StoredRow | undefined>();
      for (const operation of operations) {
        const { collection, id } = operation;
        const name = nameOf(operation);
        const before = left.has(name) ? left.get(name) : rows.get(collection, id);
        const after = written(before, operation, generation);
        left.set(name, after);
        yield { collection, id, before, after };
      }
    },
    apply(entry) {
      if (entry.version !== version + 1) throw new Error(`The log goes from version ${version} to ${entry.version}.`);
      version = entry.version;
      switch (entry.kind) {
        case 'write':
          return applyWrite(entry);
        case 'rejection':
          return applyRejection(entry);
        case 'schema':
          return applySchema(entry);
      }
    },
  };
  for (const entry of log) if (entry.kind !== 'incarnation') database.apply(entry);
  return database;
}
