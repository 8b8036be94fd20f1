/**
 * A sharing group (H1): one query, its result, and everyone who subscribed to it. The result is kept up to date by the
 * rows that a commit wrote, never computed anew.
 */
import { compileFilter, type RowTest } from '../query/filter.ts';
import type { NormalForm } from '../query/normal-form.ts';
import type { StoredRow } from '../query/types.ts';
import { sameAttributes } from '../query/value.ts';
import type { RowChange } from './database.ts';

/** Who hears of a group's changes: a connection. */
export interface Member {
  readonly label: string;
  /** Sends if the member may be sent data now; `encode` is called only then. */
  sendData(encode: () => string): void;
}

export interface Group {
  /** Its name on the wire: unique in the life of the server. */
  readonly id: string;
  /** Groups are told of a commit in the order in which they came to be. */
  readonly ordinal: number;
  /** Of its query's normal form. */
  readonly key: string;
  readonly test: RowTest;
  readonly result: Map<string, StoredRow>;
  /** Each member with its names for the query, in order of joining. */
  readonly members: Map<Member, Set<string>>;
}

export interface GroupChange {
  readonly group: Group;
  readonly upserts: readonly StoredRow[];
  readonly removals: readonly string[];
}

function idOf(row: StoredRow): string {
  const { id } = row.attributes;
  return typeof id === 'string' ? id : '';
}

export function createGroup(ordinal: number, { key, filter }: NormalForm, rows: Iterable<StoredRow>): Group {
  const test = compileFilter([filter]);
  const result = new Map<string, StoredRow>();
  for (const row of rows) if (test(row.attributes)) result.set(idOf(row), row);
  return { id: `g${ordinal}`, ordinal, key, test, result, members: new Map() };
}

function sameRow(left: StoredRow | undefined, right: StoredRow): boolean {
  return left?.generation === right.generation && sameAttributes(left.attributes, right.attributes);
}

/** A written row as a group sees it: in its result before, let through by its filter after. */
export interface SeenChange {
  readonly change: RowChange;
  readonly after: StoredRow | undefined;
}

/** Undefined where the row is nothing to the group, neither before nor after. */
export function seenBy(group: Group, change: RowChange): SeenChange | undefined {
  const after = change.after !== undefined && group.test(change.after.attributes) ? change.after : undefined;
  return after !== undefined || group.result.has(change.id) ? { change, after } : undefined;
}

/** Brings the result up to date and tells how it changed. A row written with what it already held changes nothing. */
export function evaluate(group: Group, seen: readonly SeenChange[]): GroupChange | undefined {
  const upserts: StoredRow[] = [];
  const removals: string[] = [];
  for (const { change, after } of seen) {
    if (after === undefined) {
      if (group.result.delete(change.id)) removals.push(change.id);
    } else if (!sameRow(group.result.get(change.id), after)) {
      group.result.set(change.id, after);
      upserts.push(after);
    }
  }
  return upserts.length + removals.length > 0 ? { group, upserts, removals } : undefined;
}
