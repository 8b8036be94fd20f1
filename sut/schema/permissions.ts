/**
 * Who may do what (P1). A schema names, role by role, the filters that let a row through; here they meet the claims of
 * one token. For reading they become a filter of their own, which joins the query (H1); for writing they are tried at once.
 */

import type { Filter } from '../../vocabulary/queries.ts';
import type { Permissions, RolePermissions, Rule } from '../../vocabulary/schemas.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import { boundRoles } from '../protocol/roles.ts';
import { matches } from '../query/filter.ts';
import { own } from './lookup.ts';
import type { PlainSchema } from './types.ts';
import { type BoundValues, substitute, valuesOf } from './variables.ts';

/** Of an accepted token, at the server's claims path. */
export type Claims = Readonly<Record<string, unknown>>;

/** One operation of a write: the row as the operations before it left it, and as this one would leave it. */
export type RowEdit =
  /** `before`: the live row that the insert would replace. */
  | { readonly kind: 'insert'; readonly collection: string; readonly before: Attributes | undefined; readonly after: Attributes }
  | { readonly kind: 'update'; readonly collection: string; readonly before: Attributes; readonly after: Attributes }
  | { readonly kind: 'delete'; readonly collection: string; readonly before: Attributes };

/** What one matching role permits, and the values that its filters speak of. */
interface Grant {
  readonly permissions: RolePermissions;
  readonly values: BoundValues;
}

/** A token of the system itself: it bypasses permissions, not the schema. */
export function isSecret(claims: Claims): boolean {
  return own(claims, 'x-triplit-token-type') === 'secret';
}

/** Null: open to these claims, whatever they are. A collection that the schema lacks has no permissions either; no row of it can be. */
function permissionsFor(schema: PlainSchema | null, collection: string, claims: Claims): Permissions | null {
  if (schema === null || isSecret(claims)) return null;
  return own(schema.collections, collection)?.permissions ?? null;
}

/** Of the roles that the claims match, by name; a role that the permissions do not name grants nothing. */
function grantsOf(schema: PlainSchema | null, permissions: Permissions, claims: Claims): readonly Grant[] {
  return boundRoles(schema?.roles, claims).flatMap((bound): readonly Grant[] => {
    const granted = own(permissions, bound.role);
    return granted === undefined ? [] : [{ permissions: granted, values: valuesOf(bound.variables, claims) }];
  });
}

/** Undefined where the rule denies. */
function clausesOf(rule: Rule | undefined, values: BoundValues): readonly Filter[] | undefined {
  return rule?.filter?.map((filter) => substitute(filter, values));
}

/** What a row must pass to be read: an `or` over the roles. Null: no restriction (an open collection, a secret token, no schema). */
export function readFilter(schema: PlainSchema | null, collection: string, claims: Claims): Filter | null {
  const permissions = permissionsFor(schema, collection, claims);
  if (permissions === null) return null;
  const filters = grantsOf(schema, permissions, claims).flatMap(({ permissions: { read }, values }): readonly Filter[] => {
    const clauses = clausesOf(read, values);
    return clauses === undefined ? [] : [{ mod: 'and', filters: clauses }];
  });
  return { mod: 'or', filters };
}

function lets(rule: Rule | undefined, values: BoundValues, row: Attributes): boolean {
  const clauses = clausesOf(rule, values);
  return clauses !== undefined && matches(clauses, row);
}

/** `postUpdate` is optional as a whole; one that is there without a filter list denies like any other. */
function letsLeave({ permissions: { postUpdate }, values }: Grant, after: Attributes): boolean {
  return postUpdate === undefined || lets(postUpdate, values, after);
}

function mayInsert(grants: readonly Grant[], before: Attributes | undefined, after: Attributes): boolean {
  if (!grants.some(({ permissions, values }) => lets(permissions.insert, values, after))) return false;
  return before === undefined || mayDelete(grants, before);
}

function mayDelete(grants: readonly Grant[], before: Attributes): boolean {
  return grants.some(({ permissions, values }) => lets(permissions.delete, values, before));
}

/**
 * Which rows an update of the row may leave. The roles that let the row through as it is are found at once, so that it may be changed in
 * place before what is left is asked about.
 */
export function updatePermit(
  schema: PlainSchema | null,
  claims: Claims,
  collection: string,
  before: Attributes,
): (after: Attributes) => boolean {
  const permissions = permissionsFor(schema, collection, claims);
  if (permissions === null) return () => true;
  const letting = grantsOf(schema, permissions, claims).filter((grant) => lets(grant.permissions.update, grant.values, before));
  return (after) => letting.some((grant) => letsLeave(grant, after));
}

/** Whether the permissions allow this one operation. What the schema itself forbids is another question (W4). */
export function mayWrite(schema: PlainSchema | null, claims: Claims, edit: RowEdit): boolean {
  const permissions = permissionsFor(schema, edit.collection, claims);
  if (permissions === null) return true;
  const grants = grantsOf(schema, permissions, claims);
  switch (edit.kind) {
    case 'insert':
      return mayInsert(grants, edit.before, edit.after);
    case 'update':
      return updatePermit(schema, claims, edit.collection, edit.before)(edit.after);
    case 'delete':
      return mayDelete(grants, edit.before);
  }
}
