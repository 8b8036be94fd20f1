/**
 * Shrinks a failure that costs its worker: the search runs out here, and each candidate in a worker that may be lost. A
 * candidate that stands still is known for it sooner than a run is, since most of them do; the script that is left in the
 * end stands trial by the usual limit.
 */
import type { Script } from '../scripts/script.ts';
import type { Failure, RunResult } from '../trace.ts';
import type { HowToRun, ShrunkScript, SmallerScript, SystemName } from './jobs.ts';

/** Of what a run may take. */
const candidatePatience = 0.2;
/** Each that fails costs a worker. */
const shrinkLimits = { maxAttempts: 500, deadlineAttempts: 400 };

export interface OutsideShrink {
  readonly script: Script;
  readonly failureClass: string;
  readonly world: SystemName;
}

/** Runs a script in a worker; null: the workers were ended. */
export type Trial = (script: Script, how: HowToRun, patience: number) => Promise<RunResult | null>;

/** Undefined where the workers were ended before it came to its end. */
export async function shrinkOutside(
  { script, failureClass, world }: OutsideShrink,
  perform: Trial,
  onAttempt: (smaller: SmallerScript | undefined) => void,
): Promise<ShrunkScript | undefined> {
  const [{ shrinkScript }, { isInWords }] = await Promise.all([import('../shrinking/shrink.ts'), import('./script-of-run.ts')]);
  const shrunkFrom = script.steps.length;
  let isEnded = false;
  const failureOf = async (candidate: Script): Promise<Failure | undefined> => {
    if (isEnded || !(await isInWords(world, candidate))) return undefined;
    const result = await perform(candidate, { world }, candidatePatience);
    isEnded ||= result === null;
    return result?.outcome.outcome === 'failed' && result.outcome.failure.class === failureClass ? result.outcome.failure : undefined;
  };
  const fails = async (candidate: Script): Promise<boolean> => {
    const failure = await failureOf(candidate);
    if (!isEnded) onAttempt(failure === undefined ? undefined : { script: candidate, shrunkFrom, failure });
    return failure !== undefined;
  };
  const shrunk = await shrinkScript(script, fails, shrinkLimits);
  const result = isEnded ? null : await perform(shrunk.script, { world, keepTrace: true }, 1);
  return result === null ? undefined : { ...shrunk, shrunkFrom, outcome: result.outcome, trace: result.trace };
}
