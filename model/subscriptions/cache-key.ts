/** By what the cache of a client keeps rows (Q2, K2). */
import type { Query } from '../../vocabulary/queries.ts';

/** A query as written. */
export function cacheKeyOf({ collection, where, order, limit, after }: Query): string {
  return JSON.stringify([collection, where, order, limit ?? null, after === undefined ? null : [after.values, after.id]]);
}
