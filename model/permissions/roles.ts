import { entryOf } from '../entry-of.ts';
/** Which roles a set of claims matches, with which variables bound (S6, P1). */

export type Claims = Readonly<Record<string, unknown>>;
export type RolePatterns = Readonly<Record<string, { readonly match: Readonly<Record<string, unknown>> }>>;

export interface MatchedRole {
  readonly name: string;
  /** By their names with the `$`. */
  readonly variables: ReadonlyMap<string, unknown>;
}

/** In order of their names. */
export function matchedRoles(patterns: RolePatterns, claims: Claims | undefined): readonly MatchedRole[] {
  if (claims === undefined) return [];
  return Object.keys(patterns)
    .sort()
    .flatMap((name) => {
      const variables = new Map<string, unknown>();
      return matches(entryOf(patterns, name)?.match, claims, variables) ? [{ name, variables }] : [];
    });
}

/** Text that is equal exactly when the same roles match with the same bindings. */
export function boundRoles(patterns: RolePatterns, claims: Claims | undefined): string {
  const matched = matchedRoles(patterns, claims).map(({ name, variables }) => [
    name,
    [...variables.entries()].sort(([left], [right]) => (left < right ? -1 : 1)),
  ]);
  return JSON.stringify(matched);
}

function matches(pattern: unknown, claim: unknown, bound: Map<string, unknown>): boolean {
  if (typeof pattern === 'string' && pattern.startsWith('$')) {
    if (claim === undefined) return false;
    if (bound.has(pattern)) return JSON.stringify(bound.get(pattern)) === JSON.stringify(claim);
    bound.set(pattern, claim);
    return true;
  }
  if (Array.isArray(pattern))
    return Array.isArray(claim) && pattern.length === claim.length && pattern.every((part, index) => matches(part, claim[index], bound));
  if (isRecord(pattern))
    return isRecord(claim) && Object.keys(pattern).every((key) => matches(entryOf(pattern, key), entryOf(claim, key), bound));
  return pattern === claim;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
