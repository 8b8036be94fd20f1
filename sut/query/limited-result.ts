/**
 * A result with a limit (Q5). All rows that the filter lets through are kept in order, since any of them may enter when
 * one before it leaves. Each write then moves one row across the edge of the limit at most, in either direction, so
 * that what changed is known without comparing results.
 */
import type { Attributes } from '../../vocabulary/values.ts';
import type { KeptResult, WindowChange } from './kept-result.ts';
import { idOf, sameStoredRow } from './row.ts';
import { createSortedRows } from './sorted-rows.ts';
import type { StoredRow } from './types.ts';

/** What was shown of a row before the commit, for each row that came into or out of sight during it. */
type Journal = Map<string, StoredRow | undefined>;

/** `rows`: those that the filter lets through. */
export function createLimitedResult(
  rows: readonly StoredRow[],
  compare: (left: Attributes, right: Attributes) => number,
  limit: number,
): KeptResult {
  const sorted = createSortedRows(rows, compare);
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  const shown = new Map(sorted.slice(0, limit).map((row) => [idOf(row), row]));

  function show(id: string, row: StoredRow | undefined, journal: Journal): void {
    if (!journal.has(id)) journal.set(id, shown.get(id));
    if (row === undefined) shown.delete(id);
    else shown.set(id, row);
  }

  /** The row just beyond the edge moves up into its place. */
  function remove(id: string, row: StoredRow, journal: Journal): void {
    byId.delete(id);
    if (sorted.remove(row) >= limit) return;
    show(id, undefined, journal);
    const next = sorted.at(limit - 1);
    if (next !== undefined) show(idOf(next), next, journal);
  }

  /** The last row before the edge is pushed over it. */
  function insert(id: string, row: StoredRow, journal: Journal): void {
    byId.set(id, row);
    if (sorted.insert(row) >= limit) return;
    show(id, row, journal);
    const last = sorted.at(limit);
    if (last !== undefined) show(idOf(last), undefined, journal);
  }

  function changeOf(journal: Journal): WindowChange | undefined {
    const upserts: StoredRow[] = [];
    const removals: string[] = [];
    for (const [id, before] of journal) {
      const now = shown.get(id);
      if (now !== undefined && !sameStoredRow(before, now)) upserts.push(now);
      if (now === undefined && before !== undefined) removals.push(id);
    }
    return upserts.length + removals.length > 0 ? { upserts, removals } : undefined;
  }

  return {
    has: (id) => byId.has(id),
    rows: () => sorted.slice(0, limit),
    apply(writes) {
      const journal: Journal = new Map();
      for (const { id, after } of writes) {
        const before = byId.get(id);
        if (before !== undefined) remove(id, before, journal);
        if (after !== undefined) insert(id, after, journal);
      }
      return changeOf(journal);
    },
  };
}
