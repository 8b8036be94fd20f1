/**
 * A result with a limit (Q5). Of the rows that the filter lets through the first are held, in order: those that are shown, and a margin of
 * further ones, any of which may enter when one before it leaves. Each write then moves one row across the edge of the limit at
 * most, in either direction, so that what changed is known without comparing results. Where so many have left that fewer are held
 * than are to be shown, and others were not held, all rows are looked through once more: once for as many writes as the margin is
 * wide, however many rows there are.
 */
import type { Attributes } from '../../vocabulary/values.ts';
import { firstRows } from './first-rows.ts';
import type { KeptResult, WindowChange } from './kept-result.ts';
import { idOf, sameStoredRow } from './row.ts';
import { createSortedRows, type SortedRows } from './sorted-rows.ts';
import type { StoredRow } from './types.ts';

/** What was shown of a row before the commit, for each row that came into or out of sight during it. */
type Journal = Map<string, StoredRow | undefined>;

export interface Limits {
  readonly limit: number;
  /** How many rows beyond the limit are held. */
  readonly margin: number;
}

/** Always the first so many of the rows that pass, or all of them. */
interface Held {
  readonly sorted: SortedRows;
  readonly byId: Map<string, StoredRow>;
  /** Rows that pass are left out: they come after those that are held. */
  isCut: boolean;
}

/** `passing`: the rows that the filter lets through, as they are when it is called. */
export function createLimitedResult(
  passing: () => Iterable<StoredRow>,
  compare: (left: Attributes, right: Attributes) => number,
  { limit, margin }: Limits,
): KeptResult {
  // Nothing is ever shown of a result of no rows.
  const most = limit === 0 ? 0 : limit + margin;
  let held = lookThrough();
  const shown = new Map(held.sorted.slice(0, limit).map((row) => [idOf(row), row]));

  function lookThrough(): Held {
    const { rows, isCut } = firstRows(passing(), compare, most);
    return { sorted: createSortedRows(rows, compare), byId: new Map(rows.map((row) => [idOf(row), row])), isCut };
  }

  function show(id: string, row: StoredRow | undefined, journal: Journal): void {
    if (!journal.has(id)) journal.set(id, shown.get(id));
    if (row === undefined) shown.delete(id);
    else shown.set(id, row);
  }

  /** The row just beyond the edge moves up into its place. */
  function remove(id: string, row: StoredRow, journal: Journal): void {
    held.byId.delete(id);
    if (held.sorted.remove(row) >= limit) return;
    show(id, undefined, journal);
    const next = held.sorted.at(limit - 1);
    if (next !== undefined) show(idOf(next), next, journal);
  }

  /** The last row before the edge is pushed over it. */
  function insert(id: string, row: StoredRow, journal: Journal): void {
    if (isBeyond(row)) {
      held.isCut = true;
      return;
    }
    held.byId.set(id, row);
    const place = held.sorted.insert(row);
    if (place < limit) {
      show(id, row, journal);
      const last = held.sorted.at(limit);
      if (last !== undefined) show(idOf(last), undefined, journal);
    }
    cut();
  }

  /** What comes after all that is held cannot be told from what is left out. */
  function isBeyond({ attributes }: StoredRow): boolean {
    const last = held.sorted.at(held.sorted.size() - 1);
    if (held.isCut) return last === undefined || compare(attributes, last.attributes) > 0;
    return most === 0;
  }

  function cut(): void {
    const last = held.sorted.at(most);
    if (last === undefined) return;
    held.sorted.remove(last);
    held.byId.delete(idOf(last));
    held.isCut = true;
  }

  /** What is held stays as it is, being first; what follows is shown as far as there is room. */
  function refill(journal: Journal): void {
    const before = held.sorted.size();
    if (!held.isCut || before >= limit) return;
    held = lookThrough();
    for (const row of held.sorted.slice(before, limit)) show(idOf(row), row, journal);
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
    has: (id) => held.byId.has(id),
    rows: () => held.sorted.slice(0, limit),
    apply(writes) {
      const journal: Journal = new Map();
      for (const { id, after } of writes) {
        const before = held.byId.get(id);
        if (before !== undefined) remove(id, before, journal);
        if (after !== undefined) insert(id, after, journal);
      }
      refill(journal);
      return changeOf(journal);
    },
  };
}
