/** What a query is on the wire and in the system: plain JSON, so that it can be sent, hashed and kept as it is. */

/** A set travels as an array (sorted, no duplicates): no attribute is ever an array otherwise. Dates travel as ISO 8601 strings. */
export type Scalar = string | number | boolean | null;
export type Value = Scalar | readonly Scalar[];
export type Attributes = Readonly<Record<string, Value>>;

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
export interface Query {
  readonly collection: string;
  readonly where: readonly Filter[];
  readonly order: readonly Ordering[];
  /** At most so many rows; absent: all. */
  readonly limit?: number | undefined;
  /** Only rows strictly after this place in the order. */
  readonly after?: Cursor | undefined;
}

/** A row with its generation: the name of the insert that began it (`clientId:sequence`), see W3. `attributes` holds `id` too. */
export interface StoredRow {
  readonly generation: string;
  readonly attributes: Attributes;
}
