/** Whether a query stays within the bounds (B4), judged by its own words: what permissions add is the server's own. */
import type { Filter, Query } from '../../vocabulary/queries.ts';
import { isStatement } from '../query/statement.ts';
import type { BoundName, Bounds } from './bounds.ts';

interface Level {
  readonly filters: readonly Filter[];
  readonly depth: number;
}

/** The first bound that it breaks; undefined: none. Without recursion, since depth is among what is judged. */
export function boundBrokenByQuery({ where }: Query, bounds: Bounds): BoundName | undefined {
  const levels: Level[] = [{ filters: where, depth: 1 }];
  let nodes = 0;
  for (const { filters, depth } of levels) {
    if (filters.length > 0 && depth > bounds.filterDepthMax) return 'filterDepthMax';
    nodes += filters.length;
    if (nodes > bounds.filterNodesMax) return 'filterNodesMax';
    for (const filter of filters) {
      const broken = isStatement(filter) ? boundBrokenByStatement(filter, bounds) : undefined;
      if (broken !== undefined) return broken;
      if (!isStatement(filter)) levels.push({ filters: filter.filters, depth: depth + 1 });
    }
  }
  return undefined;
}

function boundBrokenByStatement(
  [, operator, value]: Extract<Filter, readonly unknown[]>,
  { listLengthMax, patternLengthMax }: Bounds,
): BoundName | undefined {
  if (typeof value === 'object' && value !== null && value.length > listLengthMax) return 'listLengthMax';
  return operator === 'like' && typeof value === 'string' && value.length > patternLengthMax ? 'patternLengthMax' : undefined;
}
