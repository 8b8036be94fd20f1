/** The order of rows (Q1): any two values compare, whatever their kinds, and ties fall to the id, so that an order is always total. */

import type { Cursor, Ordering } from '../../vocabulary/queries.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import { attributeOf, compareText, isSet } from './value.ts';

/** Kinds in ascending order; missing and null are one kind. */
function rankOf(value: Value | undefined): number {
  if (value === undefined || value === null) return 0;
  if (isSet(value)) return 4;
  switch (typeof value) {
    case 'boolean':
      return 1;
    case 'number':
      return 2;
    case 'string':
      return 3;
  }
}

function compareValues(left: Value | undefined, right: Value | undefined): number {
  // Most are the same, or of one kind.
  if (left === right) return 0;
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : 1;
  const difference = rankOf(left) - rankOf(right);
  if (difference !== 0) return difference;
  if (left === undefined || left === null || right === undefined || right === null) return 0;
  if (isSet(left) || isSet(right)) return 0;
  return left < right ? -1 : 1;
}

function idOf(attributes: Attributes): string {
  const id = attributeOf(attributes, 'id');
  return typeof id === 'string' ? id : '';
}

/** A comparison for `sort`: attribute by attribute, a descending one reversed by itself, then ascending `id`. */
export function compareRows(order: readonly Ordering[]): (left: Attributes, right: Attributes) => number {
  return (left, right) => {
    for (const [attribute, direction] of order) {
      const comparison = compareValues(attributeOf(left, attribute), attributeOf(right, attribute));
      if (comparison !== 0) return direction === 'DESC' ? -comparison : comparison;
    }
    return compareText(idOf(left), idOf(right));
  };
}

/** Whether a row comes strictly after the cursor in that order (Q2). The cursor's values belong to `order` place by place. */
export function isAfter(order: readonly Ordering[], { values, id }: Cursor): (attributes: Attributes) => boolean {
  return (attributes) => {
    for (const [place, [attribute, direction]] of order.entries()) {
      const comparison = compareValues(attributeOf(attributes, attribute), values[place]);
      if (comparison !== 0) return direction === 'DESC' ? comparison < 0 : comparison > 0;
    }
    return compareText(idOf(attributes), id) > 0;
  };
}
