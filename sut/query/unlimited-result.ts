/** A result without a limit: which rows are in it follows from each row alone, so it needs no order. */
import type { KeptResult } from './kept-result.ts';
import { idOf, sameStoredRow } from './row.ts';
import type { StoredRow } from './types.ts';

/** `rows`: those that the filter lets through. */
export function createUnlimitedResult(rows: Iterable<StoredRow>): KeptResult {
  const held = new Map<string, StoredRow>();
  for (const row of rows) held.set(idOf(row), row);
  return {
    has: (id) => held.has(id),
    rows: () => [...held.values()],
    apply(writes) {
      const upserts: StoredRow[] = [];
      const removals: string[] = [];
      for (const { id, after } of writes) {
        if (after === undefined) {
          if (held.delete(id)) removals.push(id);
        } else if (!sameStoredRow(held.get(id), after)) {
          held.set(id, after);
          upserts.push(after);
        }
      }
      return upserts.length + removals.length > 0 ? { upserts, removals } : undefined;
    },
  };
}
