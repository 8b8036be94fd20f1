/** What a query weighs (B4): how much a commit, or a look through all rows, may take for it. */
import type { Filter, Query } from '../../vocabulary/queries.ts';

export function weightOf({ where, limit }: Query): number {
  const plain = 1 + sum(where.map(plainWeight));
  return (limit === undefined ? plain : 20 * plain) + sum(where.map(patternWeight));
}

/** Each statement and group, and each sixteen members of a list. */
function plainWeight(filter: Filter): number {
  if ('mod' in filter) return 1 + sum(filter.filters.map(plainWeight));
  const [, , value] = filter;
  return 1 + (Array.isArray(value) ? Math.floor(value.length / 16) : 0);
}

/** Each 32 code units of a pattern that are begun; an empty one is none. */
function patternWeight(filter: Filter): number {
  if ('mod' in filter) return sum(filter.filters.map(patternWeight));
  const [, operator, value] = filter;
  return operator === 'like' && typeof value === 'string' ? 100 * Math.ceil(value.length / 32) : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
