/**
 * Whether a row probably satisfies a query, asked at every step: a pattern is only looked for within the text, since
 * to match it is dear. Good enough to choose which row to write next, and nothing is ever judged by it.
 */

import { entryOf } from '../../../model/entry-of.ts';
import { satisfies } from '../../../model/subscriptions/evaluate.ts';
import type { Filter, Query } from '../../../vocabulary/queries.ts';
import type { Row } from '../../../vocabulary/values.ts';
import { isGroup } from '../../language/query-shape.ts';

export function matchesQuery(row: Row, query: Query): boolean {
  return query.where.every((filter) => matches(row, filter));
}

function matches(row: Row, filter: Filter): boolean {
  if (isGroup(filter)) {
    const one = (member: Filter): boolean => matches(row, member);
    return filter.mod === 'and' ? filter.filters.every(one) : filter.filters.some(one);
  }
  const [attribute, operator, operand] = filter;
  if (operator !== 'like') return satisfies(row, filter);
  const held = entryOf(row, attribute);
  return typeof held === 'string' && typeof operand === 'string' && held.includes(operand.replaceAll(/^[%_]+|[%_]+$/g, ''));
}
