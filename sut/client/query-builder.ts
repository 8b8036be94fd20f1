/**
 * Queries as immutable values: each step gives a new query and leaves the one before as it was, so a query may be
 * kept, shared and refined. A builder is itself a plain `Query` to whoever reads its data.
 */

import type * as plain from '../../vocabulary/queries.ts';
import type { Cursor, Operator, Ordering } from '../../vocabulary/queries.ts';
import type { Scalar } from '../../vocabulary/values.ts';
import { named, quoted } from '../protocol/quoted.ts';
import { filterDepthLimit } from '../protocol/read-data.ts';
import { isOperator } from '../query/operand.ts';
import { InvalidQueryError } from './errors.ts';
import { asQuery, checkLimit, requireClause } from './plain-query.ts';
import type { Filter, FilterInput, Operand, Query } from './queries.ts';
import { barePlainOf } from './schema/values.ts';

/** A clause before it is looked at: any operator beside anything. */
type AnyFilter = readonly [attribute: string, operator: Operator, value: unknown] | AnyGroup;
interface AnyGroup {
  readonly mod: 'and' | 'or';
  readonly filters: readonly AnyFilter[];
}

function isStatement(filter: AnyFilter): filter is Exclude<AnyFilter, AnyGroup> {
  return Array.isArray(filter);
}

function plainGroup({ mod, filters }: AnyGroup): plain.FilterGroup {
  return { mod, filters: filters.map(plainFilter) };
}

/** @throws InvalidValueError for a value that cannot be sent. */
export function plainFilter(filter: AnyFilter): plain.Filter {
  if (!isStatement(filter)) return plainGroup(filter);
  const [attribute, operator, value] = filter;
  return [attribute, operator, barePlainOf(attribute, value)];
}

/** @throws InvalidQueryError */
function clause(given: AnyFilter): Filter {
  const filter = asQuery(() => plainFilter(given));
  requireClause(filter);
  return filter;
}

export type Direction = Ordering[1];

export class QueryBuilder<Row, const Name extends string> implements Query {
  readonly collection: Name;
  readonly where: readonly Filter[];
  readonly order: readonly Ordering[];
  readonly limit: number | undefined;
  readonly after: Cursor | undefined;

  constructor(collection: Name, { where = [], order = [], limit, after }: Partial<Query> = {}) {
    this.collection = collection;
    this.where = where;
    this.order = order;
    this.limit = limit;
    this.after = after;
  }

  /** Adds clauses; all of them must hold. */
  Where<Attribute extends keyof Row & string, By extends Operator>(
    attribute: Attribute,
    operator: By,
    value: Operand<Row[Attribute], By>,
  ): QueryBuilder<Row, Name>;
  Where(...filters: readonly FilterInput[]): QueryBuilder<Row, Name>;
  Where(filters: readonly FilterInput[]): QueryBuilder<Row, Name>;
  Where(...given: readonly unknown[]): QueryBuilder<Row, Name> {
    return this.#with({ where: [...this.where, ...clausesOf(given).map(clause)] });
  }

  /** Adds an attribute to order by, after those there are; rows that are equal in all of them order by `id`. */
  Order(attribute: keyof Row & string, direction: Direction = 'ASC'): QueryBuilder<Row, Name> {
    if (this.after !== undefined)
      throw new InvalidQueryError('order: what is ordered by comes before After, which is a place in that order');
    return this.#with({ order: [...this.order, [attribute, direction]] });
  }

  /** At most so many rows, from the first in the order or the first after the cursor on. */
  Limit(limit: number): QueryBuilder<Row, Name> {
    return this.#with({ limit: checkLimit(limit) });
  }

  /** Only rows strictly after that place in the order: that of a row, or of a value for each attribute of the order and an id. */
  After(row: Row): QueryBuilder<Row, Name>;
  After(values: readonly unknown[], id: string): QueryBuilder<Row, Name>;
  After(place: unknown, id?: string): QueryBuilder<Row, Name> {
    return this.#with({ after: Array.isArray(place) ? cursorAt(this.order, place, id) : cursorOf(this.order, place) });
  }

  #with(change: Partial<Query>): QueryBuilder<Row, Name> {
    return new QueryBuilder(this.collection, { ...this, ...change });
  }
}

/** The three ways to call `Where`, told apart: `'a', '=', 1`; clauses; one list of clauses. */
function clausesOf(given: readonly unknown[]): readonly AnyFilter[] {
  const [first, operator, value] = given;
  if (typeof first === 'string') return [asFilter([first, operator, value], 1)];
  const clauses = given.length === 1 && Array.isArray(first) && !isTriple(first) ? first : given;
  return clauses.map((clause) => asFilter(clause, 1));
}

function isTriple(value: readonly unknown[]): value is readonly [string, Operator, unknown] {
  return value.length === 3 && typeof value[0] === 'string' && isOperator(value[1]);
}

function isGroup(value: unknown): value is AnyGroup {
  if (typeof value !== 'object' || value === null || !('mod' in value) || !('filters' in value)) return false;
  return (value.mod === 'and' || value.mod === 'or') && Array.isArray(value.filters);
}

function asFilter(value: unknown, depth: number): AnyFilter {
  if (depth > filterDepthLimit) throw new InvalidQueryError(`Filters nest deeper than ${filterDepthLimit}.`);
  if (Array.isArray(value) && isTriple(value)) return value;
  if (isGroup(value)) return { mod: value.mod, filters: value.filters.map((filter) => asFilter(filter, depth + 1)) };
  throw new InvalidQueryError(`A filter is [attribute, operator, value], or(…) or and(…), not ${sayAny(value)}.`);
}

/** What cannot be made text at all is among what is said. */
function sayAny(value: unknown): string {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return quoted(parts.map((part) => (typeof part === 'string' ? part : `(${typeof part})`)).join(', '));
}

function cursorAt(order: readonly Ordering[], values: readonly unknown[], id: unknown): Cursor {
  if (typeof id !== 'string') throw new InvalidQueryError('after: expected an id beside the values');
  if (values.length !== order.length) {
    throw new InvalidQueryError(`after: expected a value for each of the ${order.length} attributes of the order, not ${values.length}`);
  }
  return { values: order.map(([attribute], index) => cursorValue(attribute, values[index])), id };
}

/** A missing value orders like null (Q1). */
function cursorValue(attribute: string, value: unknown): Scalar {
  const place = value === undefined ? null : asQuery(() => barePlainOf(attribute, value));
  if (typeof place === 'object' && place !== null) throw new InvalidQueryError(`${named(attribute)}: a set is no place in an order`);
  return place;
}

function cursorOf(order: readonly Ordering[], row: unknown): Cursor {
  if (typeof row !== 'object' || row === null) throw new InvalidQueryError('after: expected a row, or values and an id');
  const attributes = new Map<string, unknown>(Object.entries(row));
  const values = order.map(([attribute]) => attributes.get(attribute));
  return cursorAt(order, values, attributes.get('id'));
}
