/** Whether a query is over a bound (B4): by its own words, without what permissions add. */
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Filter, Query } from '../../vocabulary/queries.ts';

export function isQueryOver(bounds: Bounds, { where }: Query): boolean {
  return sum(where.map(nodesOf)) > bounds.filterNodesMax || deepest(where) > bounds.filterDepthMax || where.some(isValueOver(bounds));
}

function nodesOf(filter: Filter): number {
  return 'mod' in filter ? 1 + sum(filter.filters.map(nodesOf)) : 1;
}

/** An empty group is no level of its own: nothing stands there. */
function deepest(filters: readonly Filter[]): number {
  return Math.max(0, ...filters.map((filter) => ('mod' in filter ? 1 + deepest(filter.filters) : 1)));
}

function isValueOver({ listLengthMax, patternLengthMax }: Bounds): (filter: Filter) => boolean {
  return function isOver(filter) {
    if ('mod' in filter) return filter.filters.some(isOver);
    const [, operator, value] = filter;
    if (Array.isArray(value)) return value.length > listLengthMax;
    return operator === 'like' && typeof value === 'string' && value.length > patternLengthMax;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
