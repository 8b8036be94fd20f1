/** How one script ends on the workers of a pool. A worker that dies has decided nothing. */

import type { Pool } from '../../tools/worker-pool.ts';
import type { Script } from '../scripts/script.ts';
import type { Outcome, RunResult } from '../trace.ts';
import type { WorldName } from './jobs.ts';

export interface HowItRuns {
  readonly world: WorldName;
  readonly twice: boolean;
}

export async function outcomeIn(pool: Pool, script: Script, how: HowItRuns = { world: 'simulated', twice: false }): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const end = await pool.perform({ job: 'script', script, world: how.world, keepTrace: false, twice: how.twice }, (answer) => {
    if (answer.answer === 'ranScript') outcome = answer.result.outcome;
  });
  return outcome ?? { outcome: 'unknown', why: end.end === 'done' ? 'the run gave no result' : end.why };
}

/** Its trace; empty where the run gave no result. */
export async function traceIn(pool: Pool, script: Script, world: WorldName): Promise<RunResult['trace']> {
  let trace: RunResult['trace'] = [];
  await pool.perform({ job: 'script', script, world, keepTrace: true, twice: false }, (answer) => {
    if (answer.answer === 'ranScript') trace = answer.result.trace;
  });
  return trace;
}
