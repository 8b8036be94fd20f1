/** Single scripts on the workers of a pool: how they end, and what they shrink to. A worker that dies has decided nothing. */
import { type JobEnd, openPool, type Pool, type PoolOptions } from '../../tools/worker-pool.ts';
import type { Script } from '../scripts/script.ts';
import type { Outcome, RunResult } from '../trace.ts';
import type { Answer, HowToRun, Job, ScriptSource, ShrunkScript, SmallerScript, SystemName } from './jobs.ts';

export type ScriptPool = Pool<Job, Answer>;

export function openScriptPool(options: PoolOptions): ScriptPool {
  return openPool(options);
}

export type Performed = { readonly script: Script; readonly result: RunResult } | { readonly result: null; readonly why: string };

const simulated: HowToRun = { world: 'simulated' };

export async function performIn(pool: ScriptPool, of: ScriptSource, how: HowToRun): Promise<Performed> {
  let performed: Performed | undefined;
  const end = await pool.perform({ ...how, job: 'script', of }, (answer) => {
    if (answer.answer === 'ranScript') performed = answer;
  });
  return performed ?? { result: null, why: whyNothing(end, 'the run gave no result') };
}

export async function outcomeIn(pool: ScriptPool, script: Script, how: HowToRun = simulated): Promise<Outcome> {
  const performed = await performIn(pool, script, how);
  return performed.result === null ? { outcome: 'unknown', why: performed.why } : performed.result.outcome;
}

/** In a worker of its own, which a broken system may ruin. */
export async function outcomeOn(options: Omit<PoolOptions, 'workers'>, script: Script, how: HowToRun = simulated): Promise<Outcome> {
  const pool = openScriptPool({ ...options, workers: 1 });
  const outcome = await outcomeIn(pool, script, how);
  await pool.terminate();
  return outcome;
}

/** What shrinking came to. `best` is the smallest on the way, where it did not come to its end. */
export interface Shrinking {
  readonly shrunk: ShrunkScript | undefined;
  readonly best: SmallerScript | undefined;
  readonly attempts: number;
  readonly why: string;
}

export async function shrinkIn(
  pool: ScriptPool,
  asked: { readonly of: ScriptSource; readonly failureClass: string; readonly world: SystemName },
  onSmaller: (smaller: SmallerScript, attempts: number) => void = () => {},
): Promise<Shrinking> {
  let shrunk: ShrunkScript | undefined;
  let best: SmallerScript | undefined;
  let attempts = 0;
  const end = await pool.perform({ ...asked, job: 'shrink' }, (answer) => {
    if (answer.answer === 'shrunk') shrunk = answer.shrunk;
    if (answer.answer === 'smaller' || answer.answer === 'attempted') attempts += 1;
    if (answer.answer === 'smaller') {
      best = answer.smaller;
      onSmaller(best, attempts);
    }
  });
  return { shrunk, best, attempts, why: whyNothing(end, 'shrinking gave no result') };
}

function whyNothing(end: JobEnd, otherwise: string): string {
  return end.end === 'done' ? otherwise : end.why;
}
