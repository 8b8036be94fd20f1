/** Runs one script in a worker, so that a run without end can be broken off, and Ctrl-C ends it at once. */
import type { Script } from '../properties/scripts/script.ts';
import type { Job, WorldName } from '../properties/simulate/jobs.ts';
import type { RunResult } from '../properties/trace.ts';
import { openPool } from '../tools/worker-pool.ts';
import type { ScriptTarget } from './read-script.ts';
import type { Surroundings } from './verb.ts';

export interface HowToPerform {
  /** From `bundleWorker`, with the fault in it. */
  readonly bundle: string;
  readonly world: WorldName;
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
  how: HowToPerform,
  surroundings: Pick<Surroundings, 'err' | 'onInterrupt'>,
): Promise<Performed | undefined> {
  const pool = openPool({ bundle: how.bundle, workers: 1 });
  const stopListening = surroundings.onInterrupt(() => void pool.terminate());
  let performed: Performed | undefined;
  const end = await pool.perform(jobOf(target, how), (answer) => {
    if (answer.answer === 'ranScript') performed = answer;
  });
  stopListening();
  await pool.finish();
  if (performed === undefined) {
    surroundings.err.write(`lockstep: could not decide: ${end.end === 'done' ? 'the run gave no result' : end.why}\n`);
  }
  return performed;
}

function jobOf(target: ScriptTarget, { world, keepTrace, until }: HowToPerform): Job {
  switch (target.target) {
    case 'file':
      return { job: 'script', script: target.script, world, keepTrace, twice: false, until };
    case 'drawn':
      return { job: 'drawn', seed: target.seed, run: target.run, world, keepTrace, twice: false, until };
  }
}
