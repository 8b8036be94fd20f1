/** Own writes that a subscription does not show by itself yet, and how they lie over the rows that the server told (Q2, W3). */
import type { Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';

export interface PendingWrite {
  /** Counts the writes of this process, from 1: it stays where `sequence` begins anew under a fresh client id. */
  readonly ordinal: number;
  readonly sequence: number;
  /** Its own, whatever its number. */
  readonly id: string;
  /** The generation that an insert of this write begins. */
  readonly generation: string;
  readonly operations: readonly Operation[];
  /** Whether storage holds it; before that it is not sent. */
  readonly isKept: boolean;
  /** Made under another schema, it has a value of another type than the client's: it waits, and is laid over nothing (K2). */
  readonly isUnseen: boolean;
  /** A version that holds the write, as the acknowledgement told it; undefined: still in the outbox. */
  readonly commitVersion: number | undefined;
}

/** What a write must know of a subscription to tell whether it is pending for it. */
export interface Horizon {
  readonly collection: string;
  /** The version up to which the subscription has heard; below zero before any answer. */
  readonly version: number;
  /** The last write acknowledged before the subscription began: it and those before are the server's to tell. */
  readonly settledOrdinal: number;
}

export const nothingHeard = -1;

export function concerns(write: PendingWrite, collection: string): boolean {
  return write.operations.some((operation) => operation.collection === collection);
}

export function isPendingFor(write: PendingWrite, horizon: Horizon): boolean {
  if (write.isUnseen || !concerns(write, horizon.collection) || write.ordinal <= horizon.settledOrdinal) return false;
  return write.commitVersion === undefined || write.commitVersion > horizon.version;
}

/** The rows of one collection with the writes over them; `rows` itself stays as it is. */
export function overlay(
  rows: ReadonlyMap<string, StoredRow>,
  collection: string,
  writes: readonly PendingWrite[],
): ReadonlyMap<string, StoredRow> {
  if (writes.length === 0) return rows;
  const result = new Map(rows);
  for (const { operations, generation } of writes) {
    for (const operation of operations) {
      if (operation.collection === collection) apply(result, operation, generation);
    }
  }
  return result;
}

/** Updates and deletes concern the generation that they name, no other row of the same id. */
function apply(rows: Map<string, StoredRow>, operation: Operation, generation: string): void {
  const present = rows.get(operation.id);
  switch (operation.kind) {
    case 'insert':
      rows.set(operation.id, { generation, attributes: operation.attributes });
      return;
    case 'update':
      if (present?.generation !== operation.generation) return;
      rows.set(operation.id, { generation: present.generation, attributes: { ...present.attributes, ...operation.changes } });
      return;
    case 'delete':
      if (present?.generation === operation.generation) rows.delete(operation.id);
      return;
  }
}
