/**
 * What is common to all that reads attributes: looking one up, and telling kinds of values apart. A missing attribute
 * reads as `undefined`, and only own attributes count, so that a row may well have one called `constructor`.
 */

import type { Attributes, Scalar, Value } from '../../vocabulary/values.ts';
export function attributeOf(attributes: Attributes, name: string): Value | undefined {
  const found = attributes[name];
  // What every object inherits is a function or an object, never a value: only there it matters whose it is.
  if (found === undefined || typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') return found;
  return Object.hasOwn(attributes, name) ? found : undefined;
}

export function isSet(value: Value | undefined): value is readonly Scalar[] {
  return Array.isArray(value);
}

/** Equal in kind and value; sets member by member (they are kept sorted). */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (!isSet(left) || !isSet(right) || left.length !== right.length) return false;
  return left.every((member, index) => member === right[index]);
}

/** The same attributes with the same values, whatever the order in which they were written down. */
export function sameAttributes(left: Attributes, right: Attributes): boolean {
  if (left === right) return true;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = attributeOf(right, name);
    const own = left[name];
    return own !== undefined && other !== undefined && sameValue(own, other);
  });
}

/** By UTF-16 code unit, which is how the language itself compares strings. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
