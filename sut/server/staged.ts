/**
 * What a batch stands on while it is formed (W2): the log as it is, and the entries that are in the batch already. Writes and pushes
 * are judged by it; nobody reads it. It is laid over the database, and dropped when the batch is durable or lost.
 */
import type { StoredRow } from '../query/types.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { Counters } from './counters.ts';
import { frozenSchema } from './frozen-schema.ts';
import { type RowChange, type Rows, rowsOver } from './rows.ts';
import type { VersionedEntry } from './storage.ts';
import type { SaidWrite } from './write-history.ts';
import { changesOf, stepsOf, type Write, type WriteStep } from './write-steps.ts';

export interface Staged {
  /** In their order. */
  entries(): readonly VersionedEntry[];
  /** That of the last entry. */
  version(): number;
  schema(): PlainSchema | null;
  lastSequence(clientId: string): number;
  /** Storage refused that very write, in a batch that was dissolved. */
  isRefused(clientId: string, write: Pick<SaidWrite, 'sequence' | 'id'>): boolean;
  collections(): Iterable<readonly [collection: string, rows: Iterable<StoredRow>]>;
  /** The operations of a write in order, each on its row as the ones before it left it. One is made before the next is asked for. */
  stepsOf(write: Write): Iterable<WriteStep>;
  /** It is in the batch, as the next entry. Tells what the whole of it is to change, once a row. */
  add(entry: VersionedEntry): readonly RowChange[];
}

/** What the log says. */
export interface Present {
  readonly rows: Rows;
  version(): number;
  schema(): PlainSchema | null;
  lastSequence(clientId: string): number;
}

/** `refused`: what storage refused, as it was to be entered. */
export function stageOver(present: Present, counters: Pick<Counters, 'attributesCopied'>, refused: readonly VersionedEntry[] = []): Staged {
  const rows = rowsOver(present.rows);
  const entries: VersionedEntry[] = [];
  const lastSequences = new Map<string, number>();
  const before = present.version();
  let schema = present.schema();

  function changesBy(entry: VersionedEntry): readonly RowChange[] {
    switch (entry.kind) {
      case 'write':
        lastSequences.set(entry.clientId, entry.sequence);
        return changesOf(rows, entry, counters);
      case 'rejection':
        lastSequences.set(entry.clientId, entry.sequence);
        return [];
      case 'schema':
        schema = frozenSchema(entry.schema);
        return [];
    }
  }

  return {
    entries: () => entries,
    version: () => before + entries.length,
    schema: () => schema,
    lastSequence: (clientId) => lastSequences.get(clientId) ?? present.lastSequence(clientId),
    isRefused: (clientId, { sequence, id }) =>
      refused.some((entry) => entry.kind !== 'schema' && entry.clientId === clientId && entry.sequence === sequence && entry.id === id),
    *collections() {
      for (const collection of rows.collections()) yield [collection, rows.of(collection).values()] as const;
    },
    stepsOf: (write) => stepsOf(rows, write, counters),
    add(entry) {
      const changes = changesBy(entry);
      entries.push(entry);
      for (const change of changes) rows.set(change);
      return changes;
    },
  };
}
