/**
 * A query as the client keeps it: checked, and a copy, so that nobody who holds the original can change what is asked
 * for; and its text, by which the cache knows it (Q2). Both spell groups and cursors in one way, whatever the order of
 * their properties was.
 */
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Value } from '../../vocabulary/values.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { readClause, readQuery } from '../protocol/read-data.ts';
import { isStatement } from '../query/statement.ts';
import { InvalidQueryError, InvalidValueError } from './errors.ts';
import type { Filter as LawfulFilter } from './queries.ts';

function plainValue(value: Value): Value {
  return typeof value === 'object' && value !== null ? [...value] : value;
}

function plainFilter(filter: Filter): Filter {
  if (!isStatement(filter)) return { mod: filter.mod, filters: filter.filters.map(plainFilter) };
  const [attribute, operator, value] = filter;
  return [attribute, operator, plainValue(value)];
}

/** @throws InvalidQueryError */
export function checkLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new InvalidQueryError(`limit: expected a whole number, at least 0, not ${limit}`);
}

/** Whoever notices that something is wrong with a query, it is told under one name. */
export function asQuery<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof ProtocolError || error instanceof InvalidValueError ? new InvalidQueryError(error.message) : error;
  }
}

/** @throws InvalidQueryError for what no query may hold (Q1) */
export function requireClause(filter: Filter): asserts filter is LawfulFilter {
  asQuery(() => readClause(filter, 'where'));
}

/**
 * What the server would refuse is refused here: it would close the connection for it each time (B1).
 * @throws InvalidQueryError for what the server would take for no query
 */
export function plainQuery(query: Query): Query {
  asQuery(() => readQuery(query, 'query'));
  const { collection, where, order, limit, after } = query;
  return {
    collection,
    where: where.map(plainFilter),
    order: order.map(([attribute, direction]) => [attribute, direction]),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after: { values: [...after.values], id: after.id } }),
  };
}

/** The collection that a query of that text asks. */
export function collectionOfText(text: string): string {
  const parts: unknown = JSON.parse(text);
  const [collection]: readonly unknown[] = Array.isArray(parts) ? parts : [];
  return String(collection);
}

/** Equal for two plain queries exactly when they are written the same. */
export function queryText({ collection, where, order, limit, after }: Query): string {
  return JSON.stringify([collection, where, order, limit ?? null, after === undefined ? null : [after.values, after.id]]);
}
