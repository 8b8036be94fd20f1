/** What a schema is on the wire, in the log and in the server: plain JSON, so that it can be hashed, sent and compared as it is (C1). */
import type { Roles } from '../protocol/roles.ts';
import type { Filter } from '../query/types.ts';

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
export interface PlainSchema {
  readonly collections: Readonly<Record<string, CollectionSchema>>;
  readonly roles: Roles;
}

/** How a row fails its schema (C3). `attribute` is null where the collection itself is unknown. */
export interface SchemaIssue {
  readonly collection: string;
  readonly id: string;
  readonly attribute: string | null;
  readonly problem: 'missing' | 'null' | 'type' | 'value' | 'unknown';
}

/** What `overrideSchema` resolves with (C3). */
export interface SchemaOutcome {
  /** False: refused because of `issues`; nothing changed. */
  readonly accepted: boolean;
  /** Whether clients of the schema that it replaces can live with it (C2). */
  readonly compatible: boolean;
  readonly issues: readonly SchemaIssue[];
}
