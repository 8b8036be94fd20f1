/** Runs the scripts of the corpus on the workers before anything fresh, and tells how each ended. */
import type { CorpusEntry } from '../corpus/entry.ts';
import type { Outcome } from '../trace.ts';
import { outcomeIn } from './outcome.ts';
import type { Pool } from './pool.ts';
import { isAskedFor } from './reduction.ts';
import type { CorpusResult, SimulationOptions } from './simulation.ts';

type HowToRun = Pick<SimulationOptions, 'world' | 'twice' | 'only'>;

/** After an interruption no entry is begun; those left are undecided. */
export async function runCorpus(
  pool: Pool,
  how: HowToRun,
  entries: readonly CorpusEntry[],
  signal: AbortSignal | undefined,
): Promise<CorpusResult> {
  const startMs = performance.now();
  const outcomes: Outcome[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (signal?.aborted !== true) {
      const place = next++;
      const entry = entries[place];
      if (entry === undefined) return;
      outcomes[place] = await outcomeIn(pool, entry.script, how);
    }
  };
  await Promise.all(Array.from({ length: pool.workers }, lane));
  return resultOf(entries, outcomes, how.only, (performance.now() - startMs) / 1000);
}

function resultOf(
  entries: readonly CorpusEntry[],
  outcomes: readonly (Outcome | undefined)[],
  only: readonly string[],
  seconds: number,
): CorpusResult {
  const results = entries.map((entry, place) => ({
    entry,
    outcome: outcomes[place] ?? ({ outcome: 'unknown', why: 'interrupted before it was run' } as const),
  }));
  const failures = results.flatMap(({ outcome }) => (outcome.outcome === 'failed' ? [outcome.failure] : []));
  const failed = failures.filter((failure) => isAskedFor(failure, only)).length;
  return {
    scripts: entries.length,
    failed,
    leftOut: failures.length - failed,
    undecided: results.filter(({ outcome }) => outcome.outcome === 'unknown').length,
    seconds,
    results,
  };
}
