/** Plainer queries: fewer clauses, a group in place of which one member stands, plainer operators and constants. */
import type { Filter, Query, Statement, Value } from '../../../model/query.ts';
import { isGroup, isList } from '../query-shape.ts';
import { plainerValues } from './values.ts';
import { replaceAt, withoutOne } from './walk.ts';

export function* plainerQueries(query: Query): Generator<Query> {
  if (query.where.length > 0) yield { ...query, where: [] };
  if (query.order.length > 0) yield { ...query, order: [] };
  for (const where of plainerLists(query.where)) yield { ...query, where };
  for (const order of withoutOne(query.order)) yield { ...query, order };
  for (const [place, [attribute, direction]] of query.order.entries()) {
    if (direction === 'DESC') yield { ...query, order: replaceAt(query.order, place, [attribute, 'ASC']) };
  }
}

function* plainerLists(filters: readonly Filter[]): Generator<readonly Filter[]> {
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
