/** The denominators of coverage: the cells that can be visited, derived from where their names are defined. */
import { reachable } from '../properties/coverage/gate.ts';
import type { ExpectedCoverage } from '../reports/terminal/coverage.ts';

const stepPrefix = 'step:';

export const expectedCoverage: ExpectedCoverage = reachable;

/** Script steps that were executed. */
export function scriptStepsOf(coverage: Readonly<Record<string, number>>): number {
  return Object.entries(coverage).reduce((sum, [name, count]) => (name.startsWith(stepPrefix) ? sum + count : sum), 0);
}
