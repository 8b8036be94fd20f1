/** Single scripts on the workers of a pool: how they end, and what they shrink to. */
import { type JobEnd, openPool, type Pool, type PoolOptions } from '../../tools/worker-pool.ts';
import type { Script } from '../scripts/script.ts';
import type { Outcome, RunResult, TraceEvent } from '../trace.ts';
import type { Answer, DrawnRun, HowToRun, Job, ScriptSource, ShrunkScript, SmallerScript, SystemName } from './jobs.ts';
import { costsItsWorker, outcomeOfEnd, summaryOf } from './loss.ts';
import { type OutsideShrink, shrinkOutside, type Trial } from './shrink-outside.ts';

export type ScriptPool = Pool<Job, Answer>;

export function openScriptPool(options: PoolOptions): ScriptPool {
  return openPool(options);
}

export type Performed =
  | { readonly script: Script; readonly result: RunResult }
  /** `isEnded`: the workers were, by their owner. */
  | { readonly result: null; readonly why: string; readonly isEnded: boolean };

const simulated: HowToRun = { world: 'simulated' };

/** A worker that is lost is a failure of the run, told with what happened up to the step in which it was. */
export async function performIn(pool: ScriptPool, of: ScriptSource, how: HowToRun, patience = 1): Promise<Performed> {
  let performed: Performed | undefined;
  const end = await pool.perform(
    { ...how, job: 'script', of },
    (answer) => {
      if (answer.answer === 'ranScript') performed = answer;
    },
    patience,
  );
  if (performed !== undefined) return performed;
  const outcome = outcomeOfEnd(end, 'the run gave no result');
  const script = outcome.outcome === 'failed' ? await scriptIn(pool, of, how.world) : null;
  if (outcome.outcome !== 'failed' || script === null) {
    return { result: null, why: whyNothing(end, 'the run gave no result'), isEnded: end.end === 'died' && end.how === 'ended' };
  }
  const trace = how.keepTrace === true ? await traceUntil(pool, script, how, outcome.failure.step) : [];
  return { script, result: { ...summaryOf(outcome), trace } };
}

async function scriptIn(pool: ScriptPool, of: ScriptSource, world: SystemName): Promise<Script | null> {
  return 'run' in of ? drawIn(pool, of, world) : of;
}

/** The script of a run, which is not run. Null: the workers were ended. */
export async function drawIn(pool: ScriptPool, of: DrawnRun, world: SystemName): Promise<Script | null> {
  let script: Script | null = null;
  await pool.perform({ job: 'draw', of, world }, (answer) => {
    if (answer.answer === 'drew') script = answer.script;
  });
  return script;
}

/** What happened before that step, by another run that ends there; nothing where that is lost too. */
async function traceUntil(pool: ScriptPool, script: Script, { world }: HowToRun, step: number): Promise<readonly TraceEvent[]> {
  if (step < 0 || script.relation !== undefined) return [];
  let trace: readonly TraceEvent[] = [];
  await pool.perform({ job: 'script', of: script, world, keepTrace: true, until: Math.min(step, script.steps.length) }, (answer) => {
    if (answer.answer === 'ranScript') trace = answer.result.trace;
  });
  return trace;
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
  if (costsItsWorker(asked.failureClass)) return shrinkLost(pool, asked, onSmaller);
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

async function shrinkLost(
  pool: ScriptPool,
  asked: Omit<OutsideShrink, 'script'> & { readonly of: ScriptSource },
  onSmaller: (smaller: SmallerScript, attempts: number) => void,
): Promise<Shrinking> {
  let best: SmallerScript | undefined;
  let attempts = 0;
  const perform: Trial = async (script, how, patience) => {
    const performed = await performIn(pool, script, how, patience);
    if (performed.result !== null) return performed.result;
    return performed.isEnded ? null : { ...summaryOf({ outcome: 'unknown', why: performed.why }), trace: [] };
  };
  const script = await scriptIn(pool, asked.of, asked.world);
  const shrunk =
    script === null
      ? undefined
      : await shrinkOutside({ ...asked, script }, perform, (smaller) => {
          attempts += 1;
          if (smaller === undefined) return;
          best = smaller;
          onSmaller(best, attempts);
        });
  return { shrunk, best, attempts, why: 'the workers were ended' };
}

function whyNothing(end: JobEnd, otherwise: string): string {
  return 'why' in end ? end.why : otherwise;
}
