/** The denominators of coverage, derived from where the names are defined: the rules from the specification. */
import { rules } from '../properties/rules.ts';
import type { ExpectedCoverage } from '../reports/terminal/coverage.ts';

const stepPrefix = 'step:';

export function expectedCoverage(): ExpectedCoverage {
  return { rule: [...rules().keys()] };
}

/** Script steps that were executed. */
export function scriptStepsOf(coverage: Readonly<Record<string, number>>): number {
  return Object.entries(coverage).reduce((sum, [name, count]) => (name.startsWith(stepPrefix) ? sum + count : sum), 0);
}
