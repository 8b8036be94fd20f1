/** The first rows of many, in order, without holding the others. */
import type { Attributes } from '../../vocabulary/values.ts';
import type { StoredRow } from './types.ts';

/** So few are gathered before the last of them are let go: sorting them costs less than doing so often. */
const gatheredLeast = 64;

/** `isCut`: there are more than `most`. */
export function firstRows(
  rows: Iterable<StoredRow>,
  compare: (left: Attributes, right: Attributes) => number,
  most: number,
): { readonly rows: readonly StoredRow[]; readonly isCut: boolean } {
  const first: StoredRow[] = [];
  let isCut = false;
  /** Whatever comes after it is not among the first. */
  let last: StoredRow | undefined;

  function keepFirst(): void {
    first.sort((left, right) => compare(left.attributes, right.attributes));
    isCut ||= first.length > most;
    first.length = Math.min(first.length, most);
    if (isCut) last = first.at(-1);
  }

  for (const row of rows) {
    if (last !== undefined && compare(row.attributes, last.attributes) > 0) continue;
    first.push(row);
    if (first.length >= 2 * most + gatheredLeast) keepFirst();
  }
  keepFirst();
  return { rows: first, isCut };
}
