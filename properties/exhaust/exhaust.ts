/** Explores scopes side by side, one worker thread for each that is under way. */
import { Worker } from 'node:worker_threads';
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

export async function exhaust(jobs: readonly ExhaustJob[], hooks: ExhaustHooks): Promise<readonly ScopeEnd[]> {
  const ends = new Map<string, ScopeEnd>();
  let next = 0;
  const slot = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const end = hooks.signal?.aborted === true ? nothing(job, 'interrupted') : await exploreOne(job, hooks);
      ends.set(job.scope, end);
      hooks.onDone?.(end);
    }
  };
  await Promise.all(Array.from({ length: hooks.workers }, slot));
  return jobs.map((job) => ends.get(job.scope) ?? nothing(job, 'never begun'));
}

/** Never `held` where something was left out. */
export function verdictOf(ends: readonly ScopeEnd[]): ExhaustVerdict {
  if (ends.some(({ result }) => result !== null && result.failures.length > 0)) return 'failed';
  const isWhole = ({ result }: ScopeEnd): boolean => result?.exhausted === true && result.undecided.length === 0;
  return ends.length > 0 && ends.every(isWhole) ? 'held' : 'undecided';
}

function nothing({ scope }: ExhaustJob, why: string): ScopeEnd {
  return { scope, result: null, why };
}

/** Enough for any scope of this size; small enough that a leak ends the worker and not the machine. */
const heapLimitMegabytes = 1024;

function exploreOne(job: ExhaustJob, hooks: ExhaustHooks): Promise<ScopeEnd> {
  return new Promise((resolve) => {
    const worker = new Worker(hooks.bundle, {
      execArgv: ['--enable-source-maps'],
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMegabytes },
    });
    const onAbort = (): void => void worker.terminate();
    hooks.signal?.addEventListener('abort', onAbort);
    let end: ScopeEnd | undefined;
    let runsKnown = 0;
    worker.on('message', (answer: ExhaustAnswer) => {
      if (answer.answer === 'progress') {
        runsKnown = answer.runs;
        hooks.onProgress?.(job.scope, answer.runs, answer.states);
      } else end ??= answer.answer === 'done' ? { scope: job.scope, result: answer.result } : nothing(job, answer.why);
    });
    worker.on('messageerror', (error) => {
      end ??= nothing(job, `its answer cannot be read: ${sayError(error)}`);
    });
    // What has been answered before stands, unless it is a result: whatever breaks after that, nothing is certain.
    worker.on('error', (error) => {
      if (end === undefined || end.result !== null) end = nothing(job, `the worker died after ${sayRuns(runsKnown)}: ${sayError(error)}`);
    });
    worker.on('exit', (code) => {
      hooks.signal?.removeEventListener('abort', onAbort);
      const early = `the worker ended with code ${code}, after ${sayRuns(runsKnown)}, without a word`;
      resolve(end ?? nothing(job, hooks.signal?.aborted === true ? 'interrupted' : early));
    });
    worker.postMessage(job);
  });
}

function sayRuns(runs: number): string {
  return runs === 0 ? 'few runs or none' : `${runs} runs or more`;
}

function sayError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
