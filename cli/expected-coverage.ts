/** The denominators of coverage, derived from where the names are defined: rules from the specification, step kinds from what scripts may hold. */
import { rules } from '../properties/rules.ts';
import { stepKinds } from '../properties/scripts/parse-steps.ts';
import type { ExpectedCoverage } from '../reports/terminal/coverage.ts';

const stepPrefix = 'step:';

export function expectedCoverage(coverage: Readonly<Record<string, number>>): ExpectedCoverage {
  const countsRules = Object.keys(coverage).some((name) => name.startsWith('rule:'));
  return { ...(countsRules && { rule: [...rules().keys()] }), step: stepKinds };
}

/** Script steps that were executed. */
export function scriptStepsOf(coverage: Readonly<Record<string, number>>): number {
  return Object.entries(coverage).reduce((sum, [name, count]) => (name.startsWith(stepPrefix) ? sum + count : sum), 0);
}
