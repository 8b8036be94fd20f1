/** What rows hold, as plain data. Types alone: model and systems share them, and each reads values by logic of its own. */

/** Dates are ISO 8601 strings. */
export type Scalar = string | number | boolean | null;
/** A set is an array: sorted by UTF-16 code unit (strings) or by value (numbers), without duplicates. No attribute is ever another array. */
export type Value = Scalar | readonly Scalar[];
export type Attributes = Readonly<Record<string, Value>>;

/** A row as a client sees it. A missing attribute is an absent key; `id` is always there. */
export type Row = { readonly id: string } & { readonly [attribute: string]: Value };
