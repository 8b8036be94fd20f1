/**
 * Whether a write leaves a row over a bound (B3). Judged on what it adds: a row that becomes no larger always passes. The
 * size of a row is counted once; after that only what changes is, so that thousands of updates of one large row cost no
 * more than their own length.
 */
import type { Attributes, Value } from '../../vocabulary/values.ts';
import type { BoundName, Bounds } from './bounds.ts';
import { byteLength } from './text-size.ts';

/** An insert brings all of its row, whatever row it replaces. */
export function boundBrokenByInsert(row: Attributes, bounds: Bounds): BoundName | undefined {
  if (countOf(row) > bounds.rowAttributesMax) return 'rowAttributesMax';
  return bytesOf(row) > bounds.rowBytesMax ? 'rowBytesMax' : undefined;
}

/** `after` is the row `before` with the changes, as it will be. */
export function boundBrokenByUpdate(before: Attributes, changes: Attributes, after: Attributes, bounds: Bounds): BoundName | undefined {
  const names = Object.keys(changes);
  const isWider = names.some((name) => !Object.hasOwn(before, name));
  if (isWider && countOf(after) > bounds.rowAttributesMax) return 'rowAttributesMax';
  const isSameWidth = !isWider && names.every((name) => Object.hasOwn(after, name));
  const added = isSameWidth ? sum(names.map((name) => textBytes(after[name]) - textBytes(before[name]))) : undefined;
  const bytes = added === undefined ? bytesOf(after) : bytesOf(before) + added;
  sizes.set(after, bytes);
  return bytes > bounds.rowBytesMax && bytes > bytesOf(before) ? 'rowBytesMax' : undefined;
}

/** By the row itself: rows are never changed, only replaced. */
const sizes = new WeakMap<Attributes, number>();

function bytesOf(row: Attributes): number {
  const bytes = sizes.get(row) ?? byteLength(JSON.stringify(row));
  sizes.set(row, bytes);
  return bytes;
}

function countOf(row: Attributes): number {
  return Object.keys(row).length;
}

function textBytes(value: Value | undefined): number {
  return byteLength(JSON.stringify(value ?? null));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
