/**
 * Puts the signatures to the test: scripts that hold are run on a damaged system. What fails then fails by the damage, so
 * that a signature which takes it for a known deviation is too wide.
 */

import type { Script } from '../../scripts/script.ts';
import { runScript } from '../../systems/run-script.ts';
import type { SystemName } from '../../trace.ts';
import { knownIn } from '../classify.ts';
import type { Deviation } from '../deviations.ts';
import type { Damage } from './damage.ts';

export interface Trial {
  /** What is to be told of it: where the script comes from. */
  readonly of: string;
  readonly script: Script;
  readonly damage: Damage;
  readonly nth: number;
}

export type TrialEnd =
  /** It never struck, or nothing that is compared differs. */
  | { readonly end: 'held' }
  | { readonly end: 'undecided' }
  | { readonly end: 'failed'; readonly class: string; readonly takenFor: readonly string[] };

export async function endOf({ script, damage, nth }: Trial, world: SystemName, deviations: readonly Deviation[]): Promise<TrialEnd> {
  const { outcome, trace } = await runScript(script, { world, keepTrace: true, damage: (system) => damage.inflict(system, nth) });
  switch (outcome.outcome) {
    case 'held':
      return { end: 'held' };
    case 'unknown':
      return { end: 'undecided' };
    case 'failed': {
      const { failure } = outcome;
      return {
        end: 'failed',
        class: failure.class,
        takenFor: knownIn(deviations, { failure, trace, configuration: script.configuration }),
      };
    }
  }
}

export interface Held {
  readonly of: string;
  readonly script: Script;
}

/** The scripts of the deviations, each without one of its steps: whatever set the deviation off may be half there still. */
export function withoutOneStep(deviations: readonly Deviation[]): readonly Held[] {
  return deviations.flatMap(({ name, script }) =>
    (script?.steps ?? []).flatMap((_step, index) =>
      script === null
        ? []
        : [{ of: `${name} without step ${index + 1}`, script: { ...script, steps: script.steps.filter((_, at) => at !== index) } }],
    ),
  );
}

export async function holds({ script }: Held, world: SystemName): Promise<boolean> {
  return (await runScript(script, { world, keepTrace: false })).outcome.outcome === 'held';
}
