/** A worker that was lost in the middle of a run: a failure like any other (E3), of which the parent tells, since the worker no longer can. */
import { lossOf, type Rejected } from '../../model/index.ts';
import type { JobEnd } from '../../tools/worker-pool.ts';
import type { Failure, Outcome } from '../trace.ts';
import type { RunSummary } from './jobs.ts';

type Died = Extract<JobEnd, { readonly end: 'died' }>;

/** What a run came to that gave no result: a failure where the processes under test can have caused it, else unknown. */
export function outcomeOfEnd(end: JobEnd, otherwise: string): Outcome {
  if (end.end === 'done' || end.end === 'spoilt') return { outcome: 'unknown', why: otherwise };
  const lost = end.end === 'died' ? rejectedBy(end) : null;
  return lost === null || end.end === 'threw'
    ? { outcome: 'unknown', why: end.why }
    : { outcome: 'failed', failure: failureOf(lost, end.at) };
}

/** What a worker waits for by the clock may be the machine's matter; an error that reached nobody is the harness's, since those of a run are caught in it. */
function rejectedBy({ how, why }: Died): Rejected | null {
  switch (how) {
    case 'standing still':
      return lossOf('without bound', `it used ${why}`);
    case 'out of memory':
      return lossOf('without bound', `it ran out of memory, ${why}`);
    case 'exited':
      return lossOf('by itself', why);
    case 'silent':
    case 'stuck':
    case 'broken':
    case 'ended':
      return null;
  }
}

function failureOf({ shape, ...rejected }: Rejected, step: number): Failure {
  return { ...rejected, class: `${rejected.rule} ${shape}`, property: 'lockstep', step };
}

/** What stands for a run that gave no figures. The hash says how it ended, so that the same runs give the same hash. */
export function summaryOf(outcome: Outcome): RunSummary {
  const traceHash = outcome.outcome === 'failed' ? `lost: ${outcome.failure.class}` : 'undecided';
  return { outcome, steps: 0, commands: 0, skipped: 0, traceHash, coverage: {} };
}

/**
 * Whether something of the run may still move in its thread, so that nothing else may run there: a promise that was given
 * up may settle after all, when the world is taken down.
 */
export function spoilsItsThread(outcome: Outcome): boolean {
  return outcome.outcome === 'failed' && outcome.failure.rule === 'E1';
}

/** Of a class that costs its worker: it cannot be shrunk inside one. */
export function costsItsWorker(failureClass: string): boolean {
  return /^E1 |^E3 (without bound|ended by itself)$/u.test(failureClass);
}
