/** Hands the runs of a seed out to the workers in small batches, until all are done, the time is up, or there is reason to stop. */
import type { Answer } from './jobs.ts';
import { isKnown } from './known.ts';
import { outcomeOfEnd, summaryOf } from './loss.ts';
import type { Recorder } from './recording.ts';
import { isAskedFor, type Reduction } from './reduction.ts';
import { drawIn, type ScriptPool } from './script-pool.ts';
import type { Shrinker } from './shrink-failures.ts';
import type { SimulationOptions } from './simulation.ts';
import type { TimeBudget } from './time-budget.ts';

export interface SeedRunner {
  /** May be called again where time was left. */
  run(): Promise<void>;
  /** Whether all are done, or as many classes failed as are asked for. */
  isOver(): boolean;
}

export interface SeedRunnerParts {
  readonly runsABatch: number;
  readonly pool: ScriptPool;
  readonly reduction: Reduction;
  readonly shrinker: Shrinker;
  readonly budget: TimeBudget;
  readonly signal: AbortSignal | undefined;
  /** Where given, what fails is told and shrunk at once. */
  readonly recorder: Recorder | undefined;
  onRun(): void;
}

export function openSeedRunner(options: SimulationOptions, parts: SeedRunnerParts): SeedRunner {
  const { runsABatch, pool, reduction, shrinker, budget, signal, recorder, onRun } = parts;
  const end = options.runs === null ? Number.POSITIVE_INFINITY : (options.firstRun ?? 0) + options.runs;
  let next = reduction.next();
  /** The fewest steps after which a run of each class failed, in the order in which they come in. */
  const seen = new Map<string, number>();
  const isOver = (): boolean => next >= end || reduction.isFull();
  const toShrink = (): number => shrinker.left(reduction.failures().values());
  const isStopped = (): boolean => signal?.aborted === true || budget.isOverForRuns(toShrink());

  const takeFailure = ({ run, summary: { outcome }, script }: Ran): void => {
    if (outcome.outcome !== 'failed' || isKnown(outcome.failure) || !isAskedFor(outcome.failure, options.only)) return;
    const { failure } = outcome;
    if (recorder === undefined || script === undefined) return;
    if (failure.step < (seen.get(failure.class) ?? Number.POSITIVE_INFINITY)) {
      recorder.saw({ failure, script, run, shrunkFrom: script.steps.length, stage: 'found' });
      seen.set(failure.class, failure.step);
    }
    shrinker.begin(failure, run);
  };
  const runBatch = async (first: number, last: number): Promise<void> => {
    let from = first;
    while (from < last) {
      const { seed, world, twice, schedules, relations, theme } = options;
      const ended = await pool.perform({ job: 'runs', seed, from, to: last, world, twice, schedules, relations, theme }, (answer) => {
        if (answer.answer !== 'ran') return;
        from = answer.run + 1;
        takeFailure(answer);
        reduction.add(answer.run, answer.summary);
        onRun();
      });
      if (signal?.aborted === true && ended.end === 'died') return;
      if (from >= last || ended.end === 'done') return;
      if (ended.end === 'spoilt') continue;
      const lost = { answer: 'ran', run: from, summary: summaryOf(outcomeOfEnd(ended, 'the run gave no result')) } as const;
      const script =
        lost.summary.outcome.outcome === 'failed' ? await drawIn(pool, { seed, run: from, schedules, relations, theme }, world) : null;
      takeFailure(script === null ? lost : { ...lost, script });
      reduction.add(from, lost.summary);
      from += 1;
      onRun();
    }
  };
  const lane = async (): Promise<void> => {
    while (!isOver() && !isStopped()) {
      const first = next;
      next = Math.min(end, first + (budget.isNearEnd(toShrink()) ? 1 : runsABatch));
      await runBatch(first, next);
    }
  };
  return {
    run: async () => {
      await Promise.all(Array.from({ length: options.workers }, lane));
    },
    isOver,
  };
}

type Ran = Extract<Answer, { readonly answer: 'ran' }>;
