/**
 * What a write does to rows, operation by operation (W3, W4): each stands on its row as the ones before it left it. The rows
 * themselves are left alone: what the whole of it changed is told once a row.
 */
import type { Value } from '../../vocabulary/values.ts';
import type { Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';
import type { Counters } from './counters.ts';
import type { RowChange, Rows } from './rows.ts';
import type { WriteEntry } from './storage.ts';

export type Write = Pick<WriteEntry, 'clientId' | 'sequence' | 'operations'>;

type Copies = Pick<Counters, 'attributesCopied'>;

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
function ownAttributes(row: WorkingRow, now: StoredRow, counters: Copies): Record<string, Value> {
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

function makeStep(row: WorkingRow, operation: Operation, generation: string, counters: Copies): StoredRow | undefined {
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
export function nameOf({ collection, id }: { readonly collection: string; readonly id: string }): string {
  return `${collection.length}:${collection}${id}`;
}

function* stepsOn(
  rows: Rows,
  working: Map<string, WorkingRow>,
  { clientId, sequence, operations }: Write,
  counters: Copies,
): Generator<WriteStep> {
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

/** The operations in order. One is made before the next is asked for. */
export function stepsOf(rows: Rows, write: Write, counters: Copies): Iterable<WriteStep> {
  return stepsOn(rows, new Map(), write, counters);
}

/** Several operations on one row are one change of it; none at all where the row is what it was. */
export function changesOf(rows: Rows, write: Write, counters: Copies): readonly RowChange[] {
  const working = new Map<string, WorkingRow>();
  for (const { make } of stepsOn(rows, working, write, counters)) make();
  return [...working.values()].flatMap(({ collection, id, stored, now }) =>
    stored === now ? [] : [{ collection, id, before: stored, after: now }],
  );
}
