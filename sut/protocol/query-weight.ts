/**
 * What a query weighs (B4). Bounds on subscriptions, on statements and on rows of a write would multiply: what a connection follows is weighed as a
 * whole, so that one commit takes little for it however it is spread over queries.
 */
import type { Query } from '../../vocabulary/queries.ts';
import { isStatement } from '../query/statement.ts';
import { isSet } from '../query/value.ts';

/** Members of a list are found by their value; they cost where the query is read. */
const membersOfOne = 16;
/** A text is looked through for so many units of a pattern at a time. */
const unitsAtOnce = 32;
const patternWeight = 100;
/** All rows may have to be looked through again. */
const limitedWeight = 20;

/** Without recursion, since it is weighed before its depth is judged. */
export function weightOf({ where, limit }: Pick<Query, 'where' | 'limit'>): number {
  let nodes = 1;
  let patterns = 0;
  const levels = [where];
  for (const filters of levels) {
    for (const filter of filters) {
      nodes += 1;
      if (!isStatement(filter)) {
        levels.push(filter.filters);
        continue;
      }
      const [, operator, value] = filter;
      if (isSet(value)) nodes += Math.floor(value.length / membersOfOne);
      if (operator === 'like' && typeof value === 'string') patterns += Math.ceil(value.length / unitsAtOnce);
    }
  }
  return nodes * (limit === undefined ? 1 : limitedWeight) + patterns * patternWeight;
}
