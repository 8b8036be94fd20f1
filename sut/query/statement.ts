/** Telling the two kinds of filter apart. On the wire a statement is a list and a group an object. */

import type { Filter, Statement } from '../../vocabulary/queries.ts';
export function isStatement(filter: Filter): filter is Statement {
  return Array.isArray(filter);
}
