/** Runs the scripts of the corpus on the workers before anything fresh, and tells how each ended. */

import type { Pool } from '../../tools/worker-pool.ts';
import type { CorpusEntry } from '../corpus/entry.ts';
import type { Failure, Outcome } from '../trace.ts';
import { isKnown } from './known.ts';
import { outcomeIn } from './outcome.ts';
import { isAskedFor } from './reduction.ts';
import type { CorpusProgress, CorpusResult, SimulationOptions } from './simulation.ts';

type HowToRun = Pick<SimulationOptions, 'world' | 'twice' | 'only'>;

/** After an interruption no entry is begun; those left are undecided. `onProgress` hears of each entry that was run. */
export async function runCorpus(
  pool: Pool,
  how: HowToRun,
  entries: readonly CorpusEntry[],
  signal: AbortSignal | undefined,
  onProgress: (progress: CorpusProgress) => void,
): Promise<CorpusResult> {
  const startMs = performance.now();
  const outcomes: Outcome[] = [];
  let next = 0;
  let done = 0;
  let failed = 0;
  const lane = async (): Promise<void> => {
    while (!isInterrupted(signal)) {
      const place = next++;
      const entry = entries[place];
      if (entry === undefined) return;
      const outcome = await outcomeIn(pool, entry.script, how);
      // The workers are ended when the runs at hand take too long: that was no fault of this one.
      if (outcome.outcome === 'unknown' && isInterrupted(signal)) return;
      outcomes[place] = outcome;
      done += 1;
      if (outcome.outcome === 'failed' && counts(outcome.failure, how.only)) failed += 1;
      onProgress({ scripts: entries.length, done, failed });
    }
  };
  await Promise.all(Array.from({ length: pool.workers }, lane));
  return resultOf(entries, outcomes, how.only, (performance.now() - startMs) / 1000);
}

function isInterrupted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function counts(failure: Failure, only: readonly string[]): boolean {
  return !isKnown(failure) && isAskedFor(failure, only);
}

function resultOf(
  entries: readonly CorpusEntry[],
  outcomes: readonly (Outcome | undefined)[],
  only: readonly string[],
  seconds: number,
): CorpusResult {
  const results = entries.map((entry, place) => ({
    entry,
    outcome: outcomes[place] ?? ({ outcome: 'unknown', why: 'interrupted before its end' } as const),
  }));
  const failures = results.flatMap(({ outcome }) => (outcome.outcome === 'failed' ? [outcome.failure] : []));
  return {
    scripts: entries.length,
    failed: failures.filter((failure) => counts(failure, only)).length,
    leftOut: failures.filter((failure) => !isAskedFor(failure, only)).length,
    undecided: results.filter(({ outcome }) => outcome.outcome === 'unknown').length,
    seconds,
    results,
  };
}
