/**
 * Puts the signatures to the test: scripts that hold are run on a damaged system. What fails then fails by the damage, so
 * that a signature which takes it for a known deviation is too wide.
 */

import { withoutOne } from '../../../language/lists.ts';
import type { Script } from '../../../scripts/script.ts';
import type { SystemName } from '../../../trace.ts';
import { runScript } from '../../run-script.ts';
import { knownIn } from '../classify.ts';
import type { Deviation } from '../deviations.ts';
import type { Damage } from './damage.ts';

export interface Held {
  /** What is to be told of it: where the script comes from. */
  readonly of: string;
  readonly script: Script;
}
export interface Trial extends Held {
  readonly damage: Damage;
  readonly nth: number;
}

/** How it failed, and the known deviations that this is taken for; null: it did not, or that was not decided. */
export async function failureOf({ script, damage, nth }: Trial, world: SystemName, deviations: readonly Deviation[]) {
  const { outcome, trace } = await runScript(script, { world, keepTrace: true, damage: (system) => damage.inflict(system, nth) });
  if (outcome.outcome !== 'failed') return null;
  const { failure } = outcome;
  return { class: failure.class, takenFor: knownIn(deviations, { failure, trace, configuration: script.configuration }) };
}

/** The scripts of the deviations, each without one of its steps: whatever set the deviation off may be half there still. */
export function withoutOneStep(deviations: readonly Deviation[]): readonly Held[] {
  return deviations.flatMap(({ name, script }) => {
    if (script === null) return [];
    return [...withoutOne(script.steps)].map((steps, index) => ({ of: `${name} without step ${index + 1}`, script: { ...script, steps } }));
  });
}

export async function holds({ script }: Held, world: SystemName): Promise<boolean> {
  return (await runScript(script, { world, keepTrace: false })).outcome.outcome === 'held';
}
