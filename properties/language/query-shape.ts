/** Telling the shapes of queries apart; the compiler cannot narrow readonly lists by itself. */

import type { Filter, FilterGroup } from '../../vocabulary/queries.ts';
import type { Scalar, Value } from '../../vocabulary/values.ts';
export function isGroup(filter: Filter): filter is FilterGroup {
  return !Array.isArray(filter);
}

export function isList(value: Value | undefined): value is readonly Scalar[] {
  return Array.isArray(value);
}
