/**
 * Which steps mean nothing once others are gone: an unsubscribe without its subscribe, a release without its hold.
 * They would only be skipped, but a script is read by people.
 */
import type { Step } from '../scripts/script.ts';
import { namesOfStep } from '../steps/index.ts';

/** Without the steps at these places, nor those that only these gave a meaning. */
export function withoutStepsAndDependents(steps: readonly Step[], gone: ReadonlySet<number>): readonly Step[] {
  const left = steps.filter((_, place) => !gone.has(place));
  const pointlessBefore = pointless(steps);
  const pointlessAfter = pointless(left);
  return left.filter((step) => !pointlessAfter.has(step) || pointlessBefore.has(step));
}

/** The steps that name what no step before them began. */
function pointless(steps: readonly Step[]): ReadonlySet<Step> {
  const begun = new Set<string>();
  return new Set(steps.filter((step) => !hasPoint(step, begun)));
}

function hasPoint(step: Step, begun: Set<string>): boolean {
  const names = namesOfStep(step);
  for (const { begins } of names) if (begins !== null) begun.add(begins);
  return names.every(({ needs, ends }) => needs === null || (ends ? begun.delete(needs) : begun.has(needs)));
}
