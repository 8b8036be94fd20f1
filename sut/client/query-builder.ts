/**
 * Queries as immutable values: each step gives a new query and leaves the one before as it was, so a query may be
 * kept, shared and refined. A builder is itself a plain `Query` to whoever reads its data.
 */
import type { Filter, FilterGroup, Operator, Ordering, Query } from '../query/types.ts';
import { barePlainOf } from './schema/values.ts';

/** A clause as the user writes it: values may be dates and sets. */
export type FilterInput = readonly [attribute: string, operator: Operator, value: unknown] | FilterGroupInput;
export interface FilterGroupInput {
  readonly mod: 'and' | 'or';
  readonly filters: readonly FilterInput[];
}

/** True where one of the clauses is. */
export function or(filters: readonly FilterInput[]): FilterGroupInput {
  return { mod: 'or', filters };
}
/** True where all of the clauses are. */
export function and(filters: readonly FilterInput[]): FilterGroupInput {
  return { mod: 'and', filters };
}

function isStatement(filter: FilterInput): filter is Exclude<FilterInput, FilterGroupInput> {
  return Array.isArray(filter);
}

function plainGroup({ mod, filters }: FilterGroupInput): FilterGroup {
  return { mod, filters: filters.map(plainFilter) };
}

/** @throws InvalidValueError for a value that cannot be sent. */
export function plainFilter(filter: FilterInput): Filter {
  if (!isStatement(filter)) return plainGroup(filter);
  const [attribute, operator, value] = filter;
  return [attribute, operator, barePlainOf(attribute, value)];
}

type Member<Held> = Held extends ReadonlySet<infer Item> ? Item : Held extends readonly (infer Item)[] ? Item : Held;
/** What an operator compares an attribute with (Q1). */
export type Operand<Held, By extends Operator> = By extends 'in' | 'nin'
  ? readonly Held[] | ReadonlySet<Held>
  : By extends 'like'
    ? string
    : By extends 'isDefined'
      ? boolean
      : By extends 'has' | '!has'
        ? Member<NonNullable<Held>>
        : Held | null;

export type Direction = Ordering[1];

export class QueryBuilder<Row, const Name extends string> implements Query {
  readonly collection: Name;
  readonly where: readonly Filter[];
  readonly order: readonly Ordering[];

  constructor(collection: Name, where: readonly Filter[] = [], order: readonly Ordering[] = []) {
    this.collection = collection;
    this.where = where;
    this.order = order;
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
    return new QueryBuilder(this.collection, [...this.where, ...clausesOf(given).map(plainFilter)], this.order);
  }

  /** Adds an attribute to order by, after those there are; rows that are equal in all of them order by `id`. */
  Order(attribute: keyof Row & string, direction: Direction = 'ASC'): QueryBuilder<Row, Name> {
    return new QueryBuilder(this.collection, this.where, [...this.order, [attribute, direction]]);
  }
}

/** The three ways to call `Where`, told apart: `'a', '=', 1`; clauses; one list of clauses. */
function clausesOf(given: readonly unknown[]): readonly FilterInput[] {
  const [first, operator, value] = given;
  if (typeof first === 'string') return [asFilter([first, operator, value])];
  if (given.length === 1 && Array.isArray(first) && !isTriple(first)) return first.map(asFilter);
  return given.map(asFilter);
}

const operators: Readonly<Record<Operator, true>> = {
  '=': true,
  '!=': true,
  '<': true,
  '<=': true,
  '>': true,
  '>=': true,
  in: true,
  nin: true,
  like: true,
  has: true,
  '!has': true,
  isDefined: true,
};

function isOperator(value: unknown): value is Operator {
  return typeof value === 'string' && Object.hasOwn(operators, value);
}

function isTriple(value: readonly unknown[]): value is readonly [string, Operator, unknown] {
  return value.length === 3 && typeof value[0] === 'string' && isOperator(value[1]);
}

function isGroup(value: unknown): value is FilterGroupInput {
  if (typeof value !== 'object' || value === null || !('mod' in value) || !('filters' in value)) return false;
  return (value.mod === 'and' || value.mod === 'or') && Array.isArray(value.filters);
}

function asFilter(value: unknown): FilterInput {
  if (Array.isArray(value) && isTriple(value)) return value;
  if (isGroup(value)) return { mod: value.mod, filters: value.filters.map(asFilter) };
  throw new TypeError(`A filter is [attribute, operator, value], or(…) or and(…), not ${JSON.stringify(value)}.`);
}
