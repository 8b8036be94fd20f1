/** A query by the text under which the cache of a client keeps its result, read back: the model knows it as a query. */
import type { Query } from '../../vocabulary/queries.ts';
import { query } from '../language/queries.ts';
import { read } from '../language/shapes.ts';

/** The text lists the parts in order, with null for a limit or a cursor that there is none of. */
export function queryOfText(text: string): Query {
  const parts: unknown = JSON.parse(text);
  const [collection, where, order, limit, after]: readonly unknown[] = Array.isArray(parts) ? parts : [];
  const [values, id]: readonly unknown[] = Array.isArray(after) ? after : [];
  const cursor = after === null ? {} : { after: { values, id } };
  return read(query, { collection, where, order, ...(limit !== null && { limit }), ...cursor }, 'query');
}
