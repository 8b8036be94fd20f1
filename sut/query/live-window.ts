/**
 * The result of a query that is kept up to date as rows are written (H2, Q5): filter, cursor, order and limit. The server
 * holds one for each sharing group. For a commit the filter is tried on what was written alone, and results are never
 * compared; with a limit, each row written also takes finding its place among the rows that are held.
 */
import type { KeptResult, RowWrite, WindowChange } from './kept-result.ts';
import { createLimitedResult } from './limited-result.ts';
import type { NormalForm } from './normal-form.ts';
import type { StoredRow } from './types.ts';
import { createUnlimitedResult } from './unlimited-result.ts';
import { prepare } from './window.ts';
import type { Work } from './work.ts';

export interface LiveWindow {
  /** The write as this window sees it. Undefined where the filter let the row through neither before nor now: the write is nothing to it (H2). */
  see(write: RowWrite): RowWrite | undefined;
  /** Takes one commit in, as it was seen; undefined where the result is as it was. Each row may come once only. */
  apply(writes: readonly RowWrite[]): WindowChange | undefined;
  /** The result as it is now; in order where there is a limit, in no particular order without. */
  rows(): readonly StoredRow[];
}

export interface WindowOptions {
  /** How many rows beyond its limit a result holds. */
  readonly margin: number;
  /** What it takes is added to this account. */
  readonly work: Work;
}

/** `rows`: all of the collection as they are when it is called, each id once. A result with a limit may ask again after a commit. */
export function createLiveWindow(
  { permission, filter, order, limit, after }: NormalForm,
  rows: () => Iterable<StoredRow>,
  { margin, work }: WindowOptions,
): LiveWindow {
  // In this order: the clauses are tried on what may be read alone (P2).
  const { test, compare } = prepare({ where: permission === null ? [filter] : [permission, filter], order, after }, work);
  function* passing(): Generator<StoredRow> {
    for (const row of rows()) {
      work.rowsLooked += 1;
      if (test(row.attributes)) yield row;
    }
  }
  const result: KeptResult =
    limit === undefined ? createUnlimitedResult(passing()) : createLimitedResult(passing, compare, { limit, margin });
  return {
    see(write) {
      const seen = write.after !== undefined && test(write.after.attributes) ? write.after : undefined;
      return seen !== undefined || result.has(write.id) ? { id: write.id, after: seen } : undefined;
    },
    apply: (writes) => result.apply(writes),
    rows: () => result.rows(),
  };
}
