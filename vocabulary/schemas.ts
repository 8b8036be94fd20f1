/** What a schema is, as plain data (C1): typed attributes, permissions, roles. Types alone, as plain JSON, so that a schema can be hashed, sent and compared. */
import type { Filter } from './queries.ts';

export type AttributeType = 'string' | 'number' | 'boolean' | 'date' | 'set';
export interface Attribute {
  readonly type: AttributeType;
  /** Of the members, for a set; null otherwise. */
  readonly items: 'string' | 'number' | 'boolean' | null;
  readonly nullable: boolean;
  readonly optional: boolean;
  /** The only texts allowed; null: all. */
  readonly enum: readonly string[] | null;
}

/** An empty list of filters allows; a rule without one denies (P1). */
export interface Rule {
  readonly filter?: readonly Filter[] | undefined;
}
export interface RolePermissions {
  readonly read?: Rule | undefined;
  readonly insert?: Rule | undefined;
  readonly update?: Rule | undefined;
  readonly postUpdate?: Rule | undefined;
  readonly delete?: Rule | undefined;
}
/** By role. `{}`: nothing is allowed. */
export type Permissions = Readonly<Record<string, RolePermissions>>;

export interface CollectionSchema {
  /** `id` is not among them: every row has one. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** null: open to all. */
  readonly permissions: Permissions | null;
}
/** Role patterns by name: matched against claims by recursive equality, `$name` strings bind variables (S6). */
export type Roles = Readonly<Record<string, { readonly match: Readonly<Record<string, unknown>> }>>;

export interface Schema {
  readonly collections: Readonly<Record<string, CollectionSchema>>;
  readonly roles: Roles;
}
