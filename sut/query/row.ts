/** What windows ask of a stored row. */
import type { StoredRow } from './types.ts';
import { attributeOf, sameAttributes } from './value.ts';

export function idOf({ attributes }: StoredRow): string {
  const id = attributeOf(attributes, 'id');
  return typeof id === 'string' ? id : '';
}

/** The same generation with the same attributes: a row written with what it already held is no change. */
export function sameStoredRow(left: StoredRow | undefined, right: StoredRow): boolean {
  return left === right || (left?.generation === right.generation && sameAttributes(left.attributes, right.attributes));
}
