/** Runs the scripts of the corpus on the workers before anything fresh, and tells how each ended. */
import { sideBySide } from '../../tools/side-by-side.ts';
import type { CorpusEntry } from '../corpus/entry.ts';
import type { Failure, Outcome } from '../trace.ts';
import { isKeptFor } from './failure-classes.ts';
import { isKnown } from './known.ts';
import { noRecorder, nothingRecorded, type Recorded, type Recorder } from './recording.ts';
import { isAskedFor } from './reduction.ts';
import { outcomeIn, type ScriptPool } from './script-pool.ts';
import type { CorpusProgress, CorpusResult, SimulationOptions } from './simulation.ts';

type HowToRun = Pick<SimulationOptions, 'world' | 'twice' | 'only'>;

export interface CorpusHooks {
  readonly signal?: AbortSignal | undefined;
  readonly recorder?: Recorder | undefined;
  readonly recorded?: Recorded | undefined;
  /** Hears of each entry that was run. */
  onProgress(progress: CorpusProgress): void;
}

/** After an interruption no entry is begun; those left are undecided. */
export async function runCorpus(
  pool: ScriptPool,
  { only, ...how }: HowToRun,
  entries: readonly CorpusEntry[],
  { signal, onProgress, recorder = noRecorder, recorded = nothingRecorded }: CorpusHooks,
): Promise<CorpusResult> {
  const startMs = performance.now();
  let done = 0;
  let failed = 0;
  const outcomes = await sideBySide(entries, pool.workers, async (entry): Promise<Outcome> => {
    const earlier = recorded.corpus.get(entry.name);
    const outcome = earlier ?? (isInterrupted(signal) ? interrupted : await outcomeIn(pool, entry.script, how));
    // The workers are ended when the runs at hand take too long: that was no fault of this one.
    if (outcome.outcome === 'unknown' && isInterrupted(signal)) return interrupted;
    done += 1;
    if (earlier === undefined) recorder.corpusRan(entry, outcome);
    if (outcome.outcome === 'failed' && counts(outcome.failure, only)) {
      failed += 1;
      recorder.saw({
        failure: outcome.failure,
        script: entry.script,
        run: null,
        shrunkFrom: entry.script.steps.length,
        stage: stageOf(entry, outcome.failure),
      });
    }
    onProgress({ scripts: entries.length, done, failed });
    return outcome;
  });
  return resultOf(entries, outcomes, only, (performance.now() - startMs) / 1000);
}

/** An entry that was kept for this class is as short as it gets. */
function stageOf(entry: CorpusEntry, failure: Failure): 'shrunk' | 'found' {
  return isKeptFor({ entry, failure }) ? 'shrunk' : 'found';
}

const interrupted: Outcome = { outcome: 'unknown', why: 'interrupted before its end' };

function isInterrupted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function counts(failure: Failure, only: readonly string[]): boolean {
  return !isKnown(failure) && isAskedFor(failure, only);
}

function resultOf(entries: readonly CorpusEntry[], outcomes: readonly Outcome[], only: readonly string[], seconds: number): CorpusResult {
  const results = entries.map((entry, place) => ({ entry, outcome: outcomes[place] ?? interrupted }));
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
