/** The denominators of coverage: the cells that can be visited, derived from where their names are defined. */
import { reachable } from '../properties/coverage/threshold.ts';
import type { ExpectedCoverage } from '../reports/explored/families.ts';

/** Steps of twins are executed too, though they count for nothing explored. */
const stepPrefixes: readonly string[] = ['step:', 'twin-step:'];

export const expectedCoverage: ExpectedCoverage = reachable;

/** Script steps that were executed. */
export function scriptStepsOf(coverage: Readonly<Record<string, number>>): number {
  const isStep = (name: string): boolean => stepPrefixes.some((prefix) => name.startsWith(prefix));
  return Object.entries(coverage).reduce((sum, [name, count]) => (isStep(name) ? sum + count : sum), 0);
}
