/** Runs one script in a worker, so that a run without end can be broken off, and Ctrl-C ends it at once. */
import type { Script } from '../properties/scripts/script.ts';
import type { SystemName } from '../properties/simulate/jobs.ts';
import { openScriptPool, performIn } from '../properties/simulate/script-pool.ts';
import type { RunResult } from '../properties/trace.ts';
import type { ScriptTarget } from './read-script.ts';
import type { Surroundings } from './verb.ts';

export interface HowToPerform {
  /** From `bundleWorker`, with the fault in it. */
  readonly bundle: string;
  readonly world: SystemName;
  readonly keepTrace: boolean;
  /** Stops after so many steps, and tells both states. */
  readonly until?: number | undefined;
}

export interface Performed {
  /** The one that ran: for a seed and a run the one that was drawn. */
  readonly script: Script;
  readonly result: RunResult;
}

/** Undefined where there was no result; why was told. */
export async function performScript(
  target: ScriptTarget,
  { bundle, ...how }: HowToPerform,
  surroundings: Pick<Surroundings, 'err' | 'onInterrupt'>,
): Promise<Performed | undefined> {
  const pool = openScriptPool({ bundle, workers: 1 });
  const stopListening = surroundings.onInterrupt(() => void pool.terminate());
  const performed = await performIn(pool, target.target === 'file' ? target.script : { seed: target.seed, run: target.run }, how);
  stopListening();
  await pool.finish();
  if (performed.result !== null) return performed;
  surroundings.err.write(`lockstep: could not decide: ${performed.why}\n`);
  return undefined;
}
