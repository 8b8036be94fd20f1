/** Plainer queries: no limits and cursors, fewer clauses, a group in place of which one member stands, plainer operators and constants. */
import type { Filter, Query, Statement } from '../../vocabulary/queries.ts';
import type { Value } from '../../vocabulary/values.ts';
import { replaceAt, withoutOne } from './lists.ts';
import { plainerValues } from './plainer-values.ts';
import { isGroup, isList } from './query-shape.ts';

export function* plainerQueries(query: Query): Generator<Query> {
  if (query.where.length > 0) yield { ...query, where: [] };
  yield* withoutEnds(query);
  if (query.order.length > 0) yield unordered(query);
  for (const where of plainerLists(query.where)) yield { ...query, where };
  for (const place of query.order.keys()) yield withoutOrdering(query, place);
  for (const [place, [attribute, direction]] of query.order.entries()) {
    if (direction === 'DESC') yield { ...query, order: replaceAt(query.order, place, [attribute, 'ASC']) };
  }
}

/** Without a limit, without a cursor, or with a plainer one. */
function* withoutEnds(query: Query): Generator<Query> {
  const { limit, after, ...whole } = query;
  if (limit !== undefined && after !== undefined) yield whole;
  if (limit !== undefined) yield after === undefined ? whole : { ...whole, after };
  if (after === undefined) return;
  yield limit === undefined ? whole : { ...whole, limit };
  for (const [place, value] of after.values.entries()) {
    for (const plainer of plainerValues(value)) {
      if (!isList(plainer)) yield { ...query, after: { ...after, values: replaceAt(after.values, place, plainer) } };
    }
  }
}

export function unlimited({ collection, where, order }: Query): Query {
  return { collection, where, order };
}

/** A cursor has a value for each attribute of the order. */
export function unordered(query: Query): Query {
  const { after } = query;
  return { ...query, order: [], ...(after !== undefined && { after: { ...after, values: [] } }) };
}

function withoutOrdering(query: Query, place: number): Query {
  const { after } = query;
  const order = replaceAt(query.order, place);
  return { ...query, order, ...(after !== undefined && { after: { ...after, values: replaceAt(after.values, place) } }) };
}

export function* plainerLists(filters: readonly Filter[]): Generator<readonly Filter[]> {
  yield* withoutOne(filters);
  for (const [place, filter] of filters.entries()) {
    if (isGroup(filter)) yield replaceAt(filters, place, ...filter.filters);
    for (const plainer of plainerFilters(filter)) yield replaceAt(filters, place, plainer);
  }
}

function* plainerFilters(filter: Filter): Generator<Filter> {
  if (!isGroup(filter)) {
    yield* plainerStatements(filter);
    return;
  }
  yield* filter.filters;
  for (const filters of plainerLists(filter.filters)) yield { ...filter, filters };
}

function* plainerStatements([attribute, operator, value]: Statement): Generator<Statement> {
  if (operator !== 'isDefined') yield* plainerOperators(attribute, operator, value);
  if (operator === 'isDefined') {
    if (value === false) yield [attribute, operator, true];
    return;
  }
  for (const plainer of plainerValues(value)) {
    if (isList(plainer) || (operator !== 'in' && operator !== 'nin')) yield [attribute, operator, plainer];
  }
}

function* plainerOperators(attribute: string, operator: Statement[1], value: Value): Generator<Statement> {
  if (operator === '=') return;
  if (!isList(value)) yield [attribute, '=', value];
  else yield [attribute, '=', value[0] ?? null];
  if (operator === 'nin') yield [attribute, 'in', value];
  if (operator === '<=') yield [attribute, '<', value];
  if (operator === '>=') yield [attribute, '>', value];
}
