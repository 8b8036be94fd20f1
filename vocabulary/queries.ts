/** What a query is, as plain data. Types alone: model and systems share them, and each evaluates queries by logic of its own. */
import type { Scalar, Value } from './values.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'nin' | 'like' | 'has' | '!has' | 'isDefined';
export type Statement = readonly [attribute: string, operator: Operator, value: Value];
export interface FilterGroup {
  readonly mod: 'and' | 'or';
  readonly filters: readonly Filter[];
}
export type Filter = Statement | FilterGroup;
export type Ordering = readonly [attribute: string, direction: 'ASC' | 'DESC'];

/** A place in an order: a value for each of its attributes (null stands for missing too), then the id. */
export interface Cursor {
  readonly values: readonly Scalar[];
  readonly id: string;
}
/** The clauses of `where` are one `and`; ties of `order` fall to ascending `id` (Q1). */
export interface Query {
  readonly collection: string;
  readonly where: readonly Filter[];
  readonly order: readonly Ordering[];
  /** At most so many rows; absent: all. */
  readonly limit?: number | undefined;
  /** Only rows strictly after this place in the order. */
  readonly after?: Cursor | undefined;
}
