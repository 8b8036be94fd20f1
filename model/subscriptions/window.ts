/** What a server holds for a query at a version, and what a permit adds to a query (Q2, P2). */

import type { Filter, Query } from '../../vocabulary/queries.ts';
import { keyOf, type Rows, rowsOf } from '../writes/log.ts';
import { resultOf } from './evaluate.ts';

/** The rows that a server holds for a query (Q2, P2), by key. */
export function windowOf(query: Query, permit: Filter | null, all: Rows): Rows {
  const permitted = resultOf(permitting(query, permit), rowsOf(all, query.collection));
  const stored = permitted.flatMap(({ id }) => {
    const found = all[keyOf(query.collection, id)];
    return found === undefined ? [] : [[keyOf(query.collection, id), found] as const];
  });
  return Object.fromEntries(stored);
}

export function permitting(query: Query, permit: Filter | null): Query {
  return permit === null ? query : { ...query, where: [...query.where, permit] };
}
