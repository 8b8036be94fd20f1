/** Runs one script in a worker, so that a run without end can be broken off, and Ctrl-C ends it at once. */
import type { Script } from '../properties/scripts/script.ts';
import type { SystemName } from '../properties/simulate/jobs.ts';
import { openScriptPool, performIn, type ScriptPool } from '../properties/simulate/script-pool.ts';
import type { RunResult } from '../properties/trace.ts';
import type { ScriptTarget } from './read-script.ts';
import { type Surroundings, Undecided } from './verb.ts';

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

/** @throws {Undecided} where there was no result */
export async function performScript(
  target: ScriptTarget,
  { bundle, ...how }: HowToPerform,
  surroundings: Pick<Surroundings, 'onInterrupt'>,
): Promise<Performed> {
  const of = target.target === 'file' ? target.script : { seed: target.seed, run: target.run };
  const performed = await inWorker(bundle, surroundings, (pool) => performIn(pool, of, how));
  if (performed.result === null) throw new Undecided(performed.why);
  return performed;
}

/** A pool of one, which Ctrl-C ends. */
export async function inWorker<Result>(
  bundle: string,
  { onInterrupt }: Pick<Surroundings, 'onInterrupt'>,
  work: (pool: ScriptPool) => Promise<Result>,
): Promise<Result> {
  const pool = openScriptPool({ bundle, workers: 1 });
  const stopListening = onInterrupt(() => void pool.terminate());
  const result = await work(pool);
  stopListening();
  await pool.finish();
  return result;
}
