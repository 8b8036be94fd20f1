/** Near misses that are no query: one value, at any depth, is one that its operator cannot take (Q1). */
import type { Filter, Operator, Query } from '../../vocabulary/queries.ts';
import type { Value } from '../../vocabulary/values.ts';
import { operators } from '../language/queries.ts';
import { isGroup } from '../language/query-shape.ts';
import type { Chance } from './chance.ts';

const unfit: Readonly<Record<Operator, readonly Value[]>> = {
  '=': [['x'], []],
  '!=': [['x'], [1, 2]],
  '<': [null, ['x']],
  '<=': [null, [1]],
  '>': [null, [1]],
  '>=': [null, []],
  in: ['x', null, 1],
  nin: ['x', null, false],
  like: [3, null, true, ['x%']],
  has: [null, ['x']],
  '!has': [null, [1]],
  isDefined: [null, 1, 'true', [true]],
};

/** The statement stays what it was, so that the value alone is what is refused; now and then another is added. */
export function unfitted(chance: Chance, query: Query): Query {
  return { ...query, where: unfittedAmong(chance, query.where) };
}

function unfittedAmong(chance: Chance, filters: readonly Filter[]): readonly Filter[] {
  if (filters.length === 0 || chance.percent(20)) return [...filters, unfittedStatement(chance)];
  const place = chance.integer(0, filters.length - 1);
  return filters.map((filter, index) => (index === place ? unfittedFilter(chance, filter) : filter));
}

function unfittedFilter(chance: Chance, filter: Filter): Filter {
  if (isGroup(filter)) return { ...filter, filters: unfittedAmong(chance, filter.filters) };
  const [attribute, operator] = filter;
  return [attribute, operator, chance.pick(unfit[operator])];
}

function unfittedStatement(chance: Chance): Filter {
  const operator = chance.pick(operators);
  return [chance.pick(['text', 'priority', 'tags']), operator, chance.pick(unfit[operator])];
}
