/**
 * Whether a row probably satisfies a filter: good enough to choose which row to write next, and nothing is ever
 * judged by it.
 */
import type { Filter, Query, Statement } from '../../../vocabulary/queries.ts';
import type { Row, Value } from '../../../vocabulary/values.ts';
import { isGroup, isList } from '../../language/query-shape.ts';

export function matchesQuery(row: Row, query: Query): boolean {
  return query.where.every((filter) => matchesFilter(row, filter));
}

function matchesFilter(row: Row, filter: Filter): boolean {
  if (isGroup(filter)) {
    return filter.mod === 'and'
      ? filter.filters.every((member) => matchesFilter(row, member))
      : filter.filters.some((member) => matchesFilter(row, member));
  }
  return matchesStatement(row, filter);
}

function matchesStatement(row: Row, [attribute, operator, operand]: Statement): boolean {
  const held: Value | undefined = row[attribute];
  switch (operator) {
    case '=':
      return (held ?? null) === operand;
    case '!=':
      return (held ?? null) !== operand;
    case '<':
      return compare(held, operand) < 0;
    case '<=':
      return compare(held, operand) <= 0;
    case '>':
      return compare(held, operand) > 0;
    case '>=':
      return compare(held, operand) >= 0;
    case 'in':
      return listed(operand, held ?? null);
    case 'nin':
      return !listed(operand, held ?? null);
    case 'like':
      return typeof held === 'string' && typeof operand === 'string' && held.includes(operand.replaceAll(/^[%_]+|[%_]+$/g, ''));
    case 'has':
      return held !== undefined && listed(held, operand);
    case '!has':
      return held === undefined || !listed(held, operand);
    case 'isDefined':
      return (held !== undefined) === operand;
  }
}

/** NaN where the two do not compare, so that every comparison of it is false. */
function compare(held: Value | undefined, operand: Value): number {
  if (typeof held === 'string' && typeof operand === 'string') return held < operand ? -1 : Number(held > operand);
  if (typeof held === 'number' && typeof operand === 'number') return held - operand;
  if (typeof held === 'boolean' && typeof operand === 'boolean') return Number(held) - Number(operand);
  return Number.NaN;
}

function listed(list: Value, member: Value): boolean {
  return isList(list) && list.some((each) => each === member);
}
