/** What claims let somebody read and write (P1, P2): permissions with their variables replaced, asked afresh each time. */
import type { Filter, Statement } from '../../vocabulary/queries.ts';
import type { RolePermissions, Roles, Rule, Schema } from '../../vocabulary/schemas.ts';
import type { Row, Scalar, Value } from '../../vocabulary/values.ts';
import { entryOf } from '../entry-of.ts';
import { satisfies, satisfiesAll } from '../subscriptions/evaluate.ts';
import { suits } from '../subscriptions/lawful.ts';
import type { Token } from '../tokens.ts';
import { type MayUpdate, mayUpdateByOneRole } from './may-update.ts';
import { type Claims, isRecord, type MatchedRole, matchedRoles } from './roles.ts';

export interface Authority {
  readonly schema: Schema | null;
  /** Where there is no schema. */
  readonly roles: Roles;
  /** Whether roles together let an update pass; absent: as the law says. */
  readonly mayUpdate?: MayUpdate;
}

/** Claims as anyone can read them without a key. */
export function readableClaims(token: Token): Claims | undefined {
  if (token.flaw === 'undecodable' || token.flaw === 'wrongClaimsPath') return undefined;
  return { sub: token.user, role: token.role, plan: token.plan };
}

export function rolesOf({ schema, roles }: Authority): Roles {
  return schema?.roles ?? roles;
}

interface AppliedRole {
  readonly role: MatchedRole;
  readonly permissions: RolePermissions;
}

/** The matching roles that the collection speaks of; null where nothing is asked. */
function appliedRoles(authority: Authority, token: Token, collection: string): readonly AppliedRole[] | null {
  const permissions = entryOf(authority.schema?.collections, collection)?.permissions ?? null;
  if (permissions === null || token.secret === true) return null;
  return matchedRoles(rolesOf(authority), readableClaims(token)).flatMap((role) => {
    const ofRole = entryOf(permissions, role.name);
    return ofRole === undefined ? [] : [{ role, permissions: ofRole }];
  });
}

/** What joins the clauses of a query (H1): an `or` over the roles, each an `and`; null: nothing. */
export function readPermit(authority: Authority, token: Token, collection: string): Filter | null {
  const applied = appliedRoles(authority, token, collection);
  if (applied === null) return null;
  const filters = applied.flatMap(({ role, permissions }): Filter[] => {
    const filter = permissions.read?.filter;
    return filter === undefined ? [] : [{ mod: 'and', filters: filter.map((member) => substitute(member, role, token)) }];
  });
  return { mod: 'or', filters };
}

export function isReadable(permit: Filter | null, row: Row): boolean {
  return permit === null || satisfies(row, permit);
}

/** `before` and `after` are the row as the write finds and leaves it. */
export function mayWrite(
  authority: Authority,
  token: Token,
  collection: string,
  before: Row | undefined,
  after: Row | undefined,
  isInsert: boolean,
): boolean {
  const applied = appliedRoles(authority, token, collection);
  if (applied === null) return true;
  const passes = (operation: 'insert' | 'delete', row: Row): boolean =>
    applied.some(({ role, permissions }) => lets(permissions[operation], role, token, row));
  if (isInsert) return after !== undefined && passes('insert', after) && (before === undefined || passes('delete', before));
  if (before === undefined) return true;
  if (after === undefined) return passes('delete', before);
  const { mayUpdate = mayUpdateByOneRole } = authority;
  const verdicts = applied.map(({ role, permissions: { update, postUpdate } }) => ({
    update: lets(update, role, token, before),
    postUpdate: postUpdate === undefined ? null : lets(postUpdate, role, token, after),
  }));
  return mayUpdate(verdicts);
}

function lets(rule: Rule | undefined, role: MatchedRole, token: Token, row: Row): boolean {
  if (rule?.filter === undefined) return false;
  return satisfiesAll(
    row,
    rule.filter.map((member) => substitute(member, role, token)),
  );
}

const never: Filter = { mod: 'or', filters: [] };

function substitute(filter: Filter, role: MatchedRole, token: Token): Filter {
  if ('mod' in filter) return { mod: filter.mod, filters: filter.filters.map((member) => substitute(member, role, token)) };
  const [attribute, operator, value] = filter;
  if (typeof value !== 'string') return filter;
  const found = /^\$(role|token)\.(.+)$/.exec(value);
  const path = found?.[2];
  if (found === null || path === undefined) return filter;
  const bound =
    found[1] === 'role'
      ? valueAt(role.variables.get(`$${path.split('.')[0]}`), path.split('.').slice(1))
      : valueAt(readableClaims(token), path.split('.'));
  const usable = usableFor(operator, bound);
  return usable === undefined ? never : [attribute, operator, usable];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  return isRecord(value) ? valueAt(entryOf(value, key), rest) : undefined;
}

/** Undefined where the operator cannot take it. */
function usableFor(operator: Statement[1], value: unknown): Value | undefined {
  return isValue(value) && suits(operator, value) ? value : undefined;
}

function isValue(value: unknown): value is Value {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
