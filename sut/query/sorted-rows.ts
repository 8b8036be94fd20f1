/** Rows kept in order. The order is total (ties fall to the id), so every row has one place, found by halving. */
import type { Attributes } from '../../vocabulary/values.ts';
import type { StoredRow } from './types.ts';

export interface SortedRows {
  /** Tells the place where the row stands now. */
  insert(row: StoredRow): number;
  /** Tells the place where the row stood. It must be there. */
  remove(row: StoredRow): number;
  size(): number;
  at(place: number): StoredRow | undefined;
  slice(start: number, end: number): readonly StoredRow[];
}

export function createSortedRows(rows: Iterable<StoredRow>, compare: (left: Attributes, right: Attributes) => number): SortedRows {
  const sorted = [...rows].sort((left, right) => compare(left.attributes, right.attributes));

  /** How many rows come before this one. */
  function placeOf({ attributes }: StoredRow): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = sorted[middle];
      if (row !== undefined && compare(row.attributes, attributes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    insert(row) {
      const place = placeOf(row);
      sorted.splice(place, 0, row);
      return place;
    },
    remove(row) {
      const place = placeOf(row);
      sorted.splice(place, 1);
      return place;
    },
    size: () => sorted.length,
    at: (place) => sorted[place],
    slice: (start, end) => sorted.slice(start, end),
  };
}
