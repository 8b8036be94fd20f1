/** The denominators of coverage: the cells that a system can visit, derived from where their names are defined. */
import { reachableWith } from '../properties/coverage/threshold.ts';
import { allCapabilities, type Capability } from '../properties/language/capabilities.ts';
import type { ExpectedCoverage } from '../reports/explored/families.ts';

/** Steps of twins are executed too, though they count for nothing explored. */
const stepPrefixes: readonly string[] = ['step:', 'twin-step:'];

export function expectedCoverageOf(capabilities: readonly Capability[]): ExpectedCoverage {
  return reachableWith(capabilities);
}

export const expectedCoverage: ExpectedCoverage = expectedCoverageOf(allCapabilities);

/** Script steps that were executed. */
export function scriptStepsOf(coverage: Readonly<Record<string, number>>): number {
  const isStep = (name: string): boolean => stepPrefixes.some((prefix) => name.startsWith(prefix));
  return Object.entries(coverage).reduce((sum, [name, count]) => (isStep(name) ? sum + count : sum), 0);
}
