/** The sizes from which the bounds of a cost follow (H5). */
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import type { Change } from '../writes/changes.ts';
import { keyOf, type Rows } from '../writes/log.ts';

/** To hold one row against a query and what may be read of it. */
export function costOfRow(query: Query, permit: Filter | null, row: Row): number {
  return sum([...query.where, ...(permit === null ? [] : [permit])].map((filter) => costOfFilter(filter, row))) + 1;
}

function costOfFilter(filter: Filter, row: Row): number {
  if ('mod' in filter) return 1 + sum(filter.filters.map((member) => costOfFilter(member, row)));
  const [attribute, operator, operand] = filter;
  return 1 + costOfValue(operator, operand, Object.hasOwn(row, attribute) ? row[attribute] : undefined);
}

function costOfValue(operator: string, operand: Value, held: Value | undefined): number {
  if (Array.isArray(held)) return held.length;
  if (operator !== 'like' || typeof operand !== 'string' || typeof held !== 'string') return 0;
  return operand.length + Math.ceil(operand.length / 32) * held.length;
}

export function unitsOf(rows: readonly Row[]): number {
  return sum(rows.map((row) => JSON.stringify(row).length));
}

/** Each row that is written once, and each change once. */
export function copiesOf(before: Rows, changes: readonly Change[]): number {
  const keys = new Set(changes.map(({ collection, id }) => keyOf(collection, id)));
  const rows = sum([...keys].map((key) => Object.keys(before[key]?.row ?? {}).length));
  return rows + sum(changes.map((change) => 1 + widthOf(change)));
}

function widthOf(change: Change): number {
  switch (change.kind) {
    case 'insert':
      return Object.keys(change.row).length;
    case 'update':
      return Object.keys(change.changes).length;
    case 'delete':
      return 0;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
