/**
 * Which roles a token's claims match, and with which variables bound (S6). Client and server share this reading: the
 * client refuses early what the server would close for.
 */

import type { Roles } from '../../vocabulary/schemas.ts';
import { compareText } from '../query/value.ts';
import { isFields } from './shape.ts';

/** The roles that match, sorted by name, each with its variables sorted by name. Plain data: equal roles are equal as JSON. */
export type BoundRoles = readonly BoundRole[];
export interface BoundRole {
  readonly role: string;
  readonly variables: readonly BoundVariable[];
}
export interface BoundVariable {
  readonly name: string;
  readonly value: unknown;
}

function isVariable(pattern: unknown): pattern is string {
  return typeof pattern === 'string' && pattern.length > 1 && pattern.startsWith('$');
}

/** JSON with sorted keys: equal texts mean equal values. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value).sort(compareText);
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** Whether the claim fits the pattern; variables met on the way are written into `bound`. */
function fits(pattern: unknown, claim: unknown, bound: Map<string, unknown>): boolean {
  if (isVariable(pattern)) return binds(pattern.slice(1), claim, bound);
  if (Array.isArray(pattern)) {
    if (!Array.isArray(claim) || claim.length !== pattern.length) return false;
    return pattern.every((part, index) => fits(part, claim[index], bound));
  }
  if (isFields(pattern)) {
    if (!isFields(claim)) return false;
    return Object.keys(pattern).every((key) => Object.hasOwn(claim, key) && fits(pattern[key], claim[key], bound));
  }
  return pattern === claim;
}

/** The same variable twice must bind equal values. */
function binds(name: string, claim: unknown, bound: Map<string, unknown>): boolean {
  if (bound.has(name)) return canonical(bound.get(name)) === canonical(claim);
  bound.set(name, claim);
  return true;
}

function bindRole(role: string, match: unknown, claims: unknown): BoundRole | undefined {
  const bound = new Map<string, unknown>();
  if (!fits(match, claims, bound)) return undefined;
  const names = [...bound.keys()].sort(compareText);
  return { role, variables: names.map((name) => ({ name, value: bound.get(name) })) };
}

/** Without roles, or for claims that match none of them, the list is empty. */
export function boundRoles(roles: Roles | undefined, claims: unknown): BoundRoles {
  if (roles === undefined) return [];
  const names = Object.keys(roles).sort(compareText);
  return names.flatMap((name) => bindRole(name, roles[name]?.match, claims) ?? []);
}

/** The same roles match, with the same bound variables. */
export function sameRoles(left: BoundRoles, right: BoundRoles): boolean {
  return canonical(left) === canonical(right);
}

/** The claims inside a token's payload, at a dotted path (none: the payload itself); undefined where there is no object. */
export function claimsAt(payload: unknown, claimsPath: string | undefined): Readonly<Record<string, unknown>> | undefined {
  let found: unknown = payload;
  for (const step of claimsPath === undefined ? [] : claimsPath.split('.')) {
    found = isFields(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return isFields(found) ? found : undefined;
}
