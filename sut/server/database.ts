/**
 * What the log says: the rows, the schema, the version, and what became of the writes of each client id. Everything here
 * follows from the entries applied, in order, so a server that starts again from its log is where it was (W1 to W4).
 */
import type { Value } from '../../vocabulary/values.ts';
import type { Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { Counters } from './counters.ts';
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
  /** The operations of a write in order, each on its row as the ones before it left it. One is made before the next is asked for. */
  stepsOf(write: Write): Iterable<WriteStep>;
  /** Applies the entry and tells what the whole of it changed, once a row. Throws if it is not the next one. */
  apply(entry: VersionedEntry): readonly RowChange[];
}

/** One operation of a write. */
export interface WriteStep {
  readonly operation: Operation;
  /** As the operations before it left it. Look at it first: `make` may change that very row, where the write made it itself. */
  readonly before: StoredRow | undefined;
  /** An update or delete whose generation is dead leaves the row as it is (W3). */
  readonly isDead: boolean;
  /** The row as it leaves it. */
  make(): StoredRow | undefined;
}

/** A row during a write: copied when the write first changes it, and changed in place from then on, so that thousands of updates of one row cost no more than their own length. */
interface WorkingRow {
  readonly collection: string;
  readonly id: string;
  readonly stored: StoredRow | undefined;
  now: StoredRow | undefined;
  /** The attributes of `now`, where they are this write's own. */
  own: Record<string, Value> | undefined;
}

/** `__proto__` is a name like any other. */
function setAttribute(own: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(own, name, { value, enumerable: true, writable: true, configurable: true });
  else own[name] = value;
}

/** The attributes of it that the write may change: copied the first time. */
function ownAttributes(row: WorkingRow, now: StoredRow, counters: Pick<Counters, 'attributesCopied'>): Record<string, Value> {
  if (row.own !== undefined) return row.own;
  const own = { ...now.attributes };
  counters.attributesCopied += Object.keys(own).length;
  row.own = own;
  row.now = { generation: now.generation, attributes: own };
  return own;
}

function isDeadFor(operation: Operation, before: StoredRow | undefined): boolean {
  return operation.kind !== 'insert' && before?.generation !== operation.generation;
}

function makeStep(
  row: WorkingRow,
  operation: Operation,
  generation: string,
  counters: Pick<Counters, 'attributesCopied'>,
): StoredRow | undefined {
  const { now } = row;
  if (isDeadFor(operation, now)) return now;
  switch (operation.kind) {
    case 'insert': {
      const own = { ...operation.attributes, id: operation.id };
      counters.attributesCopied += Object.keys(own).length;
      row.own = own;
      row.now = { generation, attributes: own };
      break;
    }
    case 'update': {
      if (now === undefined) break;
      const own = ownAttributes(row, now, counters);
      for (const [name, value] of Object.entries(operation.changes)) {
        if (name !== 'id') setAttribute(own, name, value);
        counters.attributesCopied += 1;
      }
      break;
    }
    case 'delete':
      row.own = undefined;
      row.now = undefined;
  }
  return row.now;
}

/** With the length in front no two rows have the same, and it is made for each of thousands of operations. */
function nameOf({ collection, id }: { readonly collection: string; readonly id: string }): string {
  return `${collection.length}:${collection}${id}`;
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
export function createDatabase(
  log: readonly LogEntry[],
  initialSchema: PlainSchema | null,
  writeIdsKept: number,
  counters: Pick<Counters, 'attributesCopied'>,
): Database {
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

  function* stepsOn(working: Map<string, WorkingRow>, { clientId, sequence, operations }: Write): Generator<WriteStep> {
    const generation = `${clientId}:${sequence}`;
    for (const operation of operations) {
      const { collection, id } = operation;
      const name = nameOf(operation);
      const stored = rows.get(collection, id);
      const row = working.get(name) ?? { collection, id, stored, now: stored, own: undefined };
      working.set(name, row);
      const before = row.now;
      yield { operation, before, isDead: isDeadFor(operation, before), make: () => makeStep(row, operation, generation, counters) };
    }
  }

  function applyWrite(entry: WriteEntry): readonly RowChange[] {
    historyOf(entry.clientId).note(entry);
    const working = new Map<string, WorkingRow>();
    for (const { make } of stepsOn(working, entry)) make();
    // Several operations on one row are one change of it; none at all where the row is what it was.
    const changes = [...working.values()].flatMap(({ collection, id, stored, now }) =>
      stored === now ? [] : [{ collection, id, before: stored, after: now }],
    );
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
    stepsOf: (write) => stepsOn(new Map(), write),
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
