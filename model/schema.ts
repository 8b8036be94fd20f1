/** What a schema is, as plain data (C1): typed attributes, permissions, roles. The systems have a type of this shape of their own. */
import type { Filter } from './query.ts';
import type { RolePatterns } from './roles.ts';

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
export interface Schema {
  readonly collections: Readonly<Record<string, CollectionSchema>>;
  readonly roles: RolePatterns;
}
