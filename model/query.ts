/**
 * What a query is, as plain data. The model and the systems under test each have a type of this shape of their own,
 * so that neither can lean on the other's reading of it.
 */

/** A set is an array: sorted by UTF-16 code unit (strings) or by value (numbers), without duplicates. Dates are ISO 8601 strings. */
export type Scalar = string | number | boolean | null;
export type Value = Scalar | readonly Scalar[];

/** A row as a client sees it. A missing attribute is an absent key; `id` is always there. */
export type Row = { readonly id: string } & { readonly [attribute: string]: Value };

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
