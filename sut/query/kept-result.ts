/** What a result that is kept shows, with a limit or without one, and how it changes. */
import type { StoredRow } from './types.ts';

/** A row that a commit wrote, as it is after the whole commit; `after` undefined: it is gone, or the filter does not let it through (any more). */
export interface RowWrite {
  readonly id: string;
  readonly after: StoredRow | undefined;
}
/** How a result changed: rows that came or differ, and ids of rows that left. */
export interface WindowChange {
  readonly upserts: readonly StoredRow[];
  readonly removals: readonly string[];
}

/** What is told of a result that is kept, beside its filter. */
export interface KeptResult {
  /** Whether it holds a row of this id: in the window, or within the margin beyond its limit. */
  has(id: string): boolean;
  apply(writes: readonly RowWrite[]): WindowChange | undefined;
  rows(): readonly StoredRow[];
}
