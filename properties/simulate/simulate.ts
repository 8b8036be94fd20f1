/**
 * The main job: runs the corpus, hands the runs of a seed out to the workers in small batches, adds them up in order,
 * and shrinks the shortest run of each class of failure.
 */
import { notApplicableTo } from '../coverage/rule-needs.ts';
import { systemNamed } from '../systems/registry.ts';
import { failureClassesOf } from './failure-classes.ts';
import { isKnown } from './known.ts';
import { openPace } from './pace.ts';
import { undecidedRun } from './perform-job.ts';
import { openReduction, type Reduction } from './reduction.ts';
import { runCorpus } from './run-corpus.ts';
import { openScriptPool, type ScriptPool } from './script-pool.ts';
import { shrinkFailures } from './shrink-failures.ts';
import { sightingsOfDeviations } from './sight-deviations.ts';
import type { CorpusProgress, Simulation, SimulationOptions, SimulationProgress } from './simulation.ts';
import { smallestFirst } from './smallest-first.ts';

/** How long an interrupted simulation waits for the runs at hand. */
const interruptPatienceMs = 2_000;

export interface SimulationHooks {
  readonly bundle: string;
  /** Called often; it is up to the listener to draw seldom. */
  onProgress?(progress: () => SimulationProgress): void;
  /** Ends the simulation with what there is. */
  readonly signal?: AbortSignal;
  readonly timeLimitMs?: number;
}

export async function simulate(options: SimulationOptions, hooks: SimulationHooks): Promise<Simulation> {
  const { plugin } = await systemNamed(options.world);
  const pool = openScriptPool({ bundle: hooks.bundle, workers: options.workers, timeLimitMs: hooks.timeLimitMs });
  const reduction = openReduction(options.only, options.stopAfterFirstFailure);
  const impatience = endImpatiently(pool, hooks.signal);
  let startMs = performance.now();
  const shrunkTo: number[] = [];
  let phase: SimulationProgress['phase'] = 'corpus';
  let corpusSoFar: CorpusProgress = { scripts: options.corpus?.length ?? 0, done: 0, failed: 0 };
  const pace = openPace();
  const tell = (): void => {
    if (phase === 'running') pace.sample((performance.now() - startMs) / 1000, () => reduction.totals().steps);
    hooks.onProgress?.(() => ({ ...progressOf(options, reduction, startMs), phase, corpus: corpusSoFar, shrunkTo: [...shrunkTo] }));
  };
  const onCorpusProgress = (soFar: CorpusProgress): void => {
    corpusSoFar = soFar;
    tell();
  };
  if (options.corpus !== undefined) tell();
  const corpus = options.corpus === undefined ? null : await runCorpus(pool, options, options.corpus, hooks.signal, onCorpusProgress);
  phase = 'running';
  startMs = performance.now();

  const failedEarly = (corpus?.failed ?? 0) > 0;
  if (!(options.stopAfterFirstFailure && failedEarly))
    await runAll(options, plugin.runsABatch, pool, reduction, startMs, hooks.signal, tell);
  impatience.over();
  const runEndMs = performance.now();
  phase = 'shrinking';
  const classes = failureClassesOf(options, reduction.failures(), corpus);
  const failures = await shrinkFailures(pool, options, classes, hooks.signal, (place, steps) => {
    shrunkTo[place] = steps;
    tell();
  });
  const unknown = failures.filter(({ failure }) => !isKnown(failure));
  const leftOpen = await pool.finish();
  return {
    ...reduction.totals(),
    seed: options.seed,
    world: options.world,
    workers: options.workers,
    twice: options.twice,
    faultName: options.fault?.name ?? null,
    seconds: (runEndMs - startMs) / 1000,
    shrinkSeconds: (performance.now() - runEndMs) / 1000,
    traceHash: reduction.traceHash(),
    pace: pace.points(),
    failures: [...smallestFirst(unknown), ...smallestFirst(failures.filter(({ failure }) => isKnown(failure)))],
    deviations: options.deviations === undefined ? null : sightingsOfDeviations(options.deviations, failures, corpus),
    notApplicable: notApplicableTo(plugin.capabilities),
    corpus,
    undecided: reduction.undecided(),
    end: endOf(options, unknown.length, hooks.signal),
    leftOpen,
  };
}

function endOf(options: SimulationOptions, failures: number, signal: AbortSignal | undefined): Simulation['end'] {
  if (signal?.aborted === true) return 'interrupted';
  return options.stopAfterFirstFailure && failures > 0 ? 'firstFailure' : 'complete';
}

async function runAll(
  options: SimulationOptions,
  runsABatch: number,
  pool: ScriptPool,
  reduction: Reduction,
  startMs: number,
  signal: AbortSignal | undefined,
  tell: () => void,
): Promise<void> {
  const total = options.runs ?? Number.POSITIVE_INFINITY;
  const deadlineMs = options.minutes === null ? Number.POSITIVE_INFINITY : startMs + options.minutes * 60_000;
  let next = 0;
  let failedEarly = false;
  const isOver = (): boolean =>
    signal?.aborted === true || next >= total || performance.now() >= deadlineMs || (options.stopAfterFirstFailure && failedEarly);

  const runBatch = async (first: number, end: number): Promise<void> => {
    let from = first;
    while (from < end) {
      const { seed, world, twice, schedules, relations } = options;
      const ended = await pool.perform({ job: 'runs', seed, from, to: end, world, twice, schedules, relations }, (answer) => {
        if (answer.answer !== 'ran') return;
        from = answer.run + 1;
        const { outcome } = answer.summary;
        failedEarly ||= outcome.outcome === 'failed' && !isKnown(outcome.failure);
        reduction.add(answer.run, answer.summary);
        tell();
      });
      if (signal?.aborted === true && ended.end === 'died') return;
      if (from >= end || ended.end === 'done') return;
      reduction.add(from, undecidedRun(ended.why));
      from += 1;
      tell();
    }
  };
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const first = next;
      next = Math.min(total, first + runsABatch);
      await runBatch(first, next);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, lane));
}

/** After an interruption the runs at hand may end by themselves, but not forever. */
function endImpatiently(pool: ScriptPool, signal: AbortSignal | undefined): { over(): void } {
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => void pool.terminate(), interruptPatienceMs);
  };
  signal?.addEventListener('abort', onAbort);
  return {
    over: () => {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    },
  };
}

function progressOf(
  options: SimulationOptions,
  reduction: Reduction,
  startMs: number,
): Omit<SimulationProgress, 'phase' | 'corpus' | 'shrunkTo'> {
  const totals = reduction.totals();
  const seconds = (performance.now() - startMs) / 1000;
  const ofRuns = options.runs === null ? 0 : totals.runs / options.runs;
  const ofTime = options.minutes === null ? 0 : seconds / (options.minutes * 60);
  return { ...totals, seconds, done: Math.min(1, Math.max(ofRuns, ofTime)) };
}
