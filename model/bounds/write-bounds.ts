/** Whether a write is over a bound (B3). Judged on what it adds: what becomes no larger passes. */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Row } from '../../vocabulary/values.ts';

const utf8 = new TextEncoder();

function bytesOf(row: Row): number {
  return utf8.encode(JSON.stringify(row)).length;
}

/** Of an answer or an update (B4, Q7). */
export function bytesOfRows(rows: readonly Row[]): number {
  return rows.reduce((total, row) => total + bytesOf(row), 0);
}

/** Of a write: the rows that its operations have left so far, each once. */
export function isWriteOver({ writeBytesMax }: Bounds, left: readonly Row[]): boolean {
  return bytesOfRows(left) > writeBytesMax;
}

/** `before` is the row that is updated; undefined: the whole row is new. */
export function isRowOver({ rowAttributesMax, rowBytesMax }: Bounds, before: Row | undefined, after: Row): boolean {
  const isOver = (measure: (row: Row) => number, most: number): boolean =>
    measure(after) > Math.max(most, before === undefined ? 0 : measure(before));
  return isOver((row) => Object.keys(row).length, rowAttributesMax) || isOver(bytesOf, rowBytesMax);
}
