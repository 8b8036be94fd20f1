/** A query made ready: which of the rows, in which order, from where and how many (Q2). */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { compileFilter, type RowTest } from './filter.ts';
import { compareRows, isAfter } from './order.ts';
import type { StoredRow } from './types.ts';
import { noAccount } from './work.ts';

export interface Selection {
  /** Filter and cursor: whether the row could be in the result at all. */
  readonly test: RowTest;
  /** The order, ties by id. */
  readonly compare: (left: Attributes, right: Attributes) => number;
  /** The result of the query over these rows, in order. No two of them may have the same id. */
  select(rows: Iterable<StoredRow>): readonly StoredRow[];
}

/** Filters and order are compiled here, once; `select` may be called often. */
export function prepare({ where, order, limit, after }: Pick<Query, 'where' | 'order' | 'limit' | 'after'>, work = noAccount()): Selection {
  const passes = compileFilter(where, work);
  const follows = after === undefined ? undefined : isAfter(order, after);
  const test: RowTest = follows === undefined ? passes : (attributes) => passes(attributes) && follows(attributes);
  const compare = compareRows(order);
  const most = limit ?? Number.POSITIVE_INFINITY;
  return {
    test,
    compare,
    select(rows) {
      const passing: StoredRow[] = [];
      for (const row of rows) if (test(row.attributes)) passing.push(row);
      passing.sort((left, right) => compare(left.attributes, right.attributes));
      return passing.length > most ? passing.slice(0, most) : passing;
    },
  };
}
