/** Explores scopes side by side on the workers of a pool. */
import { sideBySide } from '../../tools/side-by-side.ts';
import { openPool, type Pool } from '../../tools/worker-pool.ts';
import type { ExhaustAnswer, Exhausted, ExhaustJob } from './jobs.ts';

export interface ExhaustHooks {
  readonly bundle: string;
  readonly workers: number;
  readonly onProgress?: (scope: string, runs: number, states: number) => void;
  readonly onDone?: (end: ScopeEnd) => void;
  /** Ends what is under way; what has not begun is left. */
  readonly signal?: AbortSignal;
}

/** Without a result: why there is none. */
export type ScopeEnd =
  | { readonly scope: string; readonly result: Exhausted }
  | { readonly scope: string; readonly result: null; readonly why: string };

export type ExhaustVerdict = 'held' | 'failed' | 'undecided';

/** Longer than any batch of runs that is told of, however slow the machine. */
const timeLimitMs = 600_000;

export async function exhaust(jobs: readonly ExhaustJob[], hooks: ExhaustHooks): Promise<readonly ScopeEnd[]> {
  const { bundle, workers, signal } = hooks;
  const pool = openPool<ExhaustJob, ExhaustAnswer>({ bundle, workers, timeLimitMs, signal });
  const ends = await sideBySide(jobs, workers, async (job) => {
    const end = await exploreOne(pool, job, hooks);
    hooks.onDone?.(end);
    return end;
  });
  await pool.finish();
  return ends;
}

/** Never `held` where something was left out. */
export function verdictOf(ends: readonly ScopeEnd[]): ExhaustVerdict {
  if (ends.some(({ result }) => result !== null && result.failures.length > 0)) return 'failed';
  const isWhole = ({ result }: ScopeEnd): boolean => result?.exhausted === true && result.undecided.length === 0;
  return ends.length > 0 && ends.every(isWhole) ? 'held' : 'undecided';
}

async function exploreOne(pool: Pool<ExhaustJob, ExhaustAnswer>, job: ExhaustJob, { onProgress, signal }: ExhaustHooks): Promise<ScopeEnd> {
  const { scope } = job;
  let result: Exhausted | undefined;
  let runsKnown = 0;
  const end = await pool.perform(job, (answer) => {
    if (answer.answer === 'exhausted') result = answer.result;
    else {
      runsKnown = answer.runs;
      onProgress?.(scope, answer.runs, answer.states);
    }
  });
  if (end.end === 'done' && result !== undefined) return { scope, result };
  if (signal?.aborted === true) return { scope, result: null, why: 'interrupted' };
  return { scope, result: null, why: `${'why' in end ? end.why : 'it gave no result'} (after ${sayRuns(runsKnown)})` };
}

function sayRuns(runs: number): string {
  return runs === 0 ? 'few runs or none' : `${runs} runs or more`;
}
