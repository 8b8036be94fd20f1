/** Filters and orders, naively: the table of Q1 read out case by case, recomputed at every call. */

/** Whether a row satisfies a filter (Q1). Total: every operator has a value on every kind of attribute. */
import type { Cursor, Filter, Ordering, Query, Statement } from '../../vocabulary/queries.ts';
import type { Row, Scalar, Value } from '../../vocabulary/values.ts';
import { entryOf } from '../entry-of.ts';
export function satisfies(row: Row, filter: Filter): boolean {
  if ('mod' in filter) {
    return filter.mod === 'and'
      ? filter.filters.every((inner) => satisfies(row, inner))
      : filter.filters.some((inner) => satisfies(row, inner));
  }
  return holds(filter, entryOf(row, filter[0]));
}

export function satisfiesAll(row: Row, filters: readonly Filter[]): boolean {
  return filters.every((filter) => satisfies(row, filter));
}

function holds([, operator, operand]: Statement, value: Value | undefined): boolean {
  switch (operator) {
    case '=':
      return equals(value, operand);
    case '!=':
      return !equals(value, operand);
    case 'in':
      return isSet(operand) && operand.some((member) => equals(value, member));
    case 'nin':
      return !(isSet(operand) && operand.some((member) => equals(value, member)));
    case '<':
      return precedes(value, operand);
    case '<=':
      return precedes(value, operand) || (value !== null && operand !== null && equals(value, operand));
    case '>':
      return precedes(operand, value);
    case '>=':
      return precedes(operand, value) || (value !== null && operand !== null && equals(value, operand));
    case 'like':
      return typeof value === 'string' && typeof operand === 'string' && isLike(value, operand);
    case 'has':
      return isSet(value) && value.some((member) => equals(member, operand));
    case '!has':
      return !(isSet(value) && value.some((member) => equals(member, operand)));
    case 'isDefined':
      return (value !== undefined) === operand;
  }
}

export function isSet(value: Value | undefined): value is readonly Scalar[] {
  return Array.isArray(value);
}

/** Missing equals null; a set equals nothing. */
function equals(value: Value | undefined, operand: Value | undefined): boolean {
  if (isSet(value) || isSet(operand)) return false;
  return (value ?? null) === (operand ?? null);
}

/** Strictly before, both of one ordered kind. */
function precedes(left: Value | undefined, right: Value | undefined): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left === 'string' && typeof right === 'string') return left < right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return !left && right;
  return false;
}

function isLike(text: string, pattern: string): boolean {
  // The places of the pattern at which one may stand after each unit of the text. Trying each way by itself takes for ever: `%a_%a_…`.
  let places = withRuns(new Set([0]), pattern);
  for (let at = 0; at < text.length; at += 1) {
    const onward = [...places].flatMap((place) => {
      const expected = pattern[place];
      if (expected === '%') return [place];
      return expected === '_' || (expected !== undefined && expected === text[at]) ? [place + 1] : [];
    });
    places = withRuns(new Set(onward), pattern);
  }
  return places.has(pattern.length);
}

/** A `%` may stand for nothing. */
function withRuns(places: Set<number>, pattern: string): Set<number> {
  // What is added is looked at too.
  for (const place of places) if (pattern[place] === '%') places.add(place + 1);
  return places;
}

/** The place of a value's kind in an ascending order: missing and null first, sets last. */
function rank(value: Value | undefined): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  return 4;
}

function compareValues(left: Value | undefined, right: Value | undefined): number {
  if (rank(left) !== rank(right)) return rank(left) - rank(right);
  if (precedes(left, right)) return -1;
  return precedes(right, left) ? 1 : 0;
}

function compareRows(order: readonly Ordering[], left: Row, right: Row): number {
  for (const [attribute, direction] of order) {
    const compared = compareValues(entryOf(left, attribute), entryOf(right, attribute));
    if (compared !== 0) return direction === 'ASC' ? compared : -compared;
  }
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

/** The rows of a query's collection that it shows, in its order, after its cursor, up to its limit (Q2). */
export function resultOf(query: Query, rows: readonly Row[]): readonly Row[] {
  const ordered = rows.filter((row) => satisfiesAll(row, query.where)).sort((left, right) => compareRows(query.order, left, right));
  const { after } = query;
  const following = after === undefined ? ordered : ordered.filter((row) => compareRows(query.order, rowAt(query.order, after), row) < 0);
  return query.limit === undefined ? following : following.slice(0, query.limit);
}

/** A row that would stand exactly at the cursor. */
function rowAt(order: readonly Ordering[], { values, id }: Cursor): Row {
  return { ...Object.fromEntries(order.map(([attribute], index) => [attribute, values[index] ?? null])), id };
}
