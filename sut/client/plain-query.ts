/**
 * A query as the client keeps it: checked, and a copy, so that nobody who holds the original can change what is asked
 * for; and its text, by which the cache knows it (Q2). Both spell groups and cursors in one way, whatever the order of
 * their properties was.
 */
import { isStatement } from '../query/statement.ts';
import type { Cursor, Filter, Query, Value } from '../query/types.ts';
import { InvalidValueError } from './errors.ts';

function plainValue(value: Value): Value {
  return typeof value === 'object' && value !== null ? [...value] : value;
}

function plainFilter(filter: Filter): Filter {
  if (!isStatement(filter)) return { mod: filter.mod, filters: filter.filters.map(plainFilter) };
  const [attribute, operator, value] = filter;
  return [attribute, operator, plainValue(value)];
}

/** @throws InvalidValueError */
export function checkLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new InvalidValueError(`limit: expected a whole number, at least 0, not ${limit}`);
}

function plainCursor({ values, id }: Cursor, orderings: number): Cursor {
  if (values.length === orderings) return { values: [...values], id };
  throw new InvalidValueError(`after: expected a value for each of the ${orderings} attributes of the order, not ${values.length}`);
}

/** @throws InvalidValueError for a limit or a cursor that no query has. */
export function plainQuery({ collection, where, order, limit, after }: Query): Query {
  return {
    collection,
    where: where.map(plainFilter),
    order: order.map(([attribute, direction]) => [attribute, direction]),
    ...(limit === undefined ? {} : { limit: checkLimit(limit) }),
    ...(after === undefined ? {} : { after: plainCursor(after, order.length) }),
  };
}

/** Equal for two plain queries exactly when they are written the same. */
export function queryText({ collection, where, order, limit, after }: Query): string {
  return JSON.stringify([collection, where, order, limit ?? null, after === undefined ? null : [after.values, after.id]]);
}
