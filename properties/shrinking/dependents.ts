/**
 * Which steps mean nothing once others are gone: an unsubscribe without its subscribe, a release without its hold.
 * They would only be skipped, but a script is read by people.
 */
import type { Step } from '../scripts/script.ts';
import { commandsOf } from './walk.ts';

/** Without the steps at these places, nor those that only these gave a meaning. */
export function withoutStepsAndDependents(steps: readonly Step[], gone: ReadonlySet<number>): readonly Step[] {
  const left = steps.filter((_, place) => !gone.has(place));
  const pointlessBefore = pointless(steps);
  const pointlessAfter = pointless(left);
  return left.filter((step) => !pointlessAfter.has(step) || pointlessBefore.has(step));
}

/** The steps that name what no step before them made. */
function pointless(steps: readonly Step[]): ReadonlySet<Step> {
  const subscriptions = new Set<string>();
  const held = new Set<string>();
  const refused = new Set<string>();
  return new Set(steps.filter((step) => !hasPoint(step, subscriptions, held, refused)));
}

function hasPoint(step: Step, subscriptions: Set<string>, held: Set<string>, refused: Set<string>): boolean {
  for (const command of commandsOf(step)) if (command.do === 'subscribe') subscriptions.add(command.subscription);
  switch (step.do) {
    case 'unsubscribe':
      return subscriptions.has(step.subscription);
    case 'hold':
      held.add(step.label);
      return true;
    case 'deliver':
      return held.has(step.label);
    case 'release':
      return held.delete(step.label);
    case 'refuseConnections':
      refused.add(step.client);
      return true;
    case 'acceptConnections':
      return refused.delete(step.client);
    default:
      return true;
  }
}
