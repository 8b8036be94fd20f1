/** Which roles a set of claims matches, with which variables bound (S6). */

export type Claims = Readonly<Record<string, unknown>>;
export type RolePatterns = Readonly<Record<string, { readonly match: Readonly<Record<string, unknown>> }>>;

/** Text that is equal exactly when the same roles match with the same bindings. */
export function boundRoles(patterns: RolePatterns, claims: Claims | undefined): string {
  if (claims === undefined) return '[]';
  const matched: [string, (readonly [string, unknown])[]][] = [];
  for (const name of Object.keys(patterns).sort()) {
    const bound = new Map<string, unknown>();
    if (matches(patterns[name]?.match, claims, bound))
      matched.push([name, [...bound.entries()].sort(([left], [right]) => (left < right ? -1 : 1))]);
  }
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
  if (isRecord(pattern)) return isRecord(claim) && Object.keys(pattern).every((key) => matches(pattern[key], claim[key], bound));
  return pattern === claim;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
