/**
 * What the log says: the rows, the schema, the version, and what became of the writes of each client id. Everything here
 * follows from the entries applied, in order, so a server that starts again from its log is where it was (W1 to W4).
 */
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { Counters } from './counters.ts';
import { frozenSchema } from './frozen-schema.ts';
import { createLogTail, type LogTail } from './log-tail.ts';
import { createRows, type RowChange } from './rows.ts';
import type { Compaction, Snapshot } from './snapshot.ts';
import { type Staged, stageOver } from './staged.ts';
import type { IncarnationEntry, RejectionEntry, SchemaEntry, StoredLog, VersionedEntry, WriteEntry } from './storage.ts';
import { createWriteHistory, type Recalled, type SaidWrite, type WriteHistory } from './write-history.ts';
import { changesOf } from './write-steps.ts';

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
  /** For a batch that is to be formed: nothing is applied until the batch is over. `refused`: what storage did not take of batches before. */
  stage(refused?: readonly VersionedEntry[]): Staged;
  /** Applies the entry and tells what the whole of it changed, once a row: `found` where that is known. Throws if it is not the next one. */
  apply(entry: VersionedEntry, found?: readonly RowChange[]): readonly RowChange[];
  /** It is in the log, or will be before anything else happens. */
  begin(incarnation: IncarnationEntry): void;
  /** What lies behind the snapshot. */
  readonly tail: Pick<LogTail, 'length' | 'cut'>;
  /** What it takes to bring the snapshot up to date. */
  compaction(): Compaction;
}

const nothing: Snapshot = { version: 0, schemas: [], rows: [], clients: [], incarnations: [] };

/** `initialSchema` holds until the log has one. Of each client id so many writes are remembered. */
export function createDatabase(
  stored: StoredLog,
  initialSchema: PlainSchema | null,
  writeIdsKept: number,
  counters: Pick<Counters, 'attributesCopied'>,
): Database {
  const before = stored.snapshot ?? nothing;
  const rows = createRows();
  const histories = new Map<string, WriteHistory>();
  const tail = createLogTail(before.incarnations.length, writeIdsKept);
  const pushed = before.schemas.at(-1);
  let { version } = before;
  let schema = pushed === undefined ? initialSchema : frozenSchema(pushed.schema);
  let schemaVersion = pushed?.number ?? 0;

  for (const { collection, id, generation, attributes } of before.rows)
    rows.set({ collection, id, before: undefined, after: { generation, attributes } });
  for (const client of before.clients) histories.set(client.clientId, createWriteHistory(writeIdsKept, client));

  function historyOf(clientId: string): WriteHistory {
    const history = histories.get(clientId) ?? createWriteHistory(writeIdsKept);
    histories.set(clientId, history);
    return history;
  }

  function applyWrite(entry: WriteEntry, found: readonly RowChange[] | undefined): readonly RowChange[] {
    historyOf(entry.clientId).note(entry);
    const changes = found ?? changesOf(rows, entry, counters);
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

  function applyEntry(entry: VersionedEntry, found: readonly RowChange[] | undefined): readonly RowChange[] {
    switch (entry.kind) {
      case 'write':
        return applyWrite(entry, found);
      case 'rejection':
        return applyRejection(entry);
      case 'schema':
        return applySchema(entry);
    }
  }

  const database: Database = {
    version: () => version,
    schema: () => schema,
    schemaVersion: () => schemaVersion,
    lastSequence: (clientId) => histories.get(clientId)?.lastSequence() ?? 0,
    recall: (clientId, write) => historyOf(clientId).recall(write),
    noteAnswered: (clientId, upTo) => histories.get(clientId)?.noteAnswered(upTo),
    rowsOf: (collection) => rows.of(collection).values(),
    *collections() {
      for (const collection of rows.collections()) yield [collection, rows.of(collection).values()] as const;
    },
    stage: (refused) => stageOver({ ...database, rows }, counters, refused),
    apply(entry, found) {
      if (entry.version !== version + 1) throw new Error(`The log goes from version ${version} to ${entry.version}.`);
      version = entry.version;
      const changes = applyEntry(entry, found);
      tail.note(entry, changes);
      return changes;
    },
    begin: (incarnation) => tail.note(incarnation, []),
    tail,
    compaction: () =>
      tail.compaction({
        version: database.version,
        schemaVersion: database.schemaVersion,
        row: rows.get,
        answeredInLog: (clientId) => histories.get(clientId)?.answeredInLog() ?? 0,
      }),
  };
  for (const entry of stored.entries) {
    if (entry.kind === 'incarnation') database.begin(entry);
    else database.apply(entry);
  }
  return database;
}
