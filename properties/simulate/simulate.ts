/**
 * The main job: runs the corpus, then the runs of a seed, adds them up in order, and shrinks the shortest run of each class of
 * failure. Where a recorder listens, everything is told the moment it is known; from what was recorded, a simulation goes on.
 */
import { notApplicableTo } from '../coverage/rule-needs.ts';
import { systemNamed } from '../systems/registry.ts';
import { failureClassesOf } from './failure-classes.ts';
import { impatiently } from './impatience.ts';
import { isKnown } from './known.ts';
import { openProgressTeller } from './progress.ts';
import { nothingRecorded, type Recorded, type Recorder } from './recording.ts';
import { openReduction } from './reduction.ts';
import { runCorpus } from './run-corpus.ts';
import { openSeedRunner } from './run-seed.ts';
import { openScriptPool } from './script-pool.ts';
import { openSegmenter } from './segments.ts';
import { openShrinker } from './shrink-failures.ts';
import { sightingsOfDeviations } from './sight-deviations.ts';
import type { CorpusResult, FoundFailure, Simulation, SimulationOptions, SimulationProgress } from './simulation.ts';
import { smallestFirst } from './smallest-first.ts';
import { openTimeBudget } from './time-budget.ts';

export interface SimulationHooks {
  readonly bundle: string;
  /** Called often; it is up to the listener to draw seldom. */
  onProgress?(progress: () => SimulationProgress): void;
  /** Ends the simulation with what there is. */
  readonly signal?: AbortSignal;
  readonly timeLimitMs?: number;
  /** Where given, failures are told and shrunk while runs go on. */
  readonly recorder?: Recorder | undefined;
  /** What an earlier process did of this simulation. */
  readonly recorded?: Recorded | undefined;
  /** When the bound in minutes begins to count, by `performance.now()`; now where not given. */
  readonly startMs?: number | undefined;
  readonly cpuLimitMs?: number;
}

export async function simulate(options: SimulationOptions, hooks: SimulationHooks): Promise<Simulation> {
  const { signal, recorder, recorded = nothingRecorded } = hooks;
  const { plugin } = await systemNamed(options.world);
  const openPool = () =>
    openScriptPool({ bundle: hooks.bundle, workers: options.workers, timeLimitMs: hooks.timeLimitMs, cpuLimitMs: hooks.cpuLimitMs });
  let pool = openPool();
  const nowMs = () => performance.now();
  const budget = openTimeBudget({ minutes: options.minutes, workers: options.workers, startMs: hooks.startMs ?? nowMs(), nowMs });
  const segmenter = openSegmenter((segment) => recorder?.ran(segment), nowMs);
  const reduction = openReduction(options, segmenter.add);
  const progress = openProgressTeller(options, { totals: reduction.totals, nowMs, onProgress: hooks.onProgress });

  let { result: corpus, poolEnded } = await impatiently(pool, signal, async () => {
    if (options.corpus === undefined) return null;
    progress.tell();
    return runCorpus(pool, options, options.corpus, { signal, recorder, recorded, onProgress: progress.corpusRan });
  });
  reduction.begin(unknownClassesOf(options, corpus), recorded.segments);

  const shrinker = openShrinker({
    pool: () => pool,
    simulation: options,
    budget,
    signal,
    recorder,
    recorded,
    onSmaller: progress.shrunk,
  });
  const { runsABatch } = plugin;
  const runner = openSeedRunner(options, { runsABatch, pool, reduction, shrinker, budget, signal, recorder, onRun: progress.tell });
  const seconds = { runs: recorded.seconds, shrinking: 0 };
  let found: Awaited<ReturnType<typeof shrinker.finish>> = [];
  do {
    const startMs = progress.enter('running');
    if (!poolEnded) ({ poolEnded } = await impatiently(pool, signal, runner.run));
    segmenter.flush();
    if (poolEnded) pool = openPool();
    if (signal?.aborted === true) reduction.addStrays();
    const runEndMs = progress.enter('shrinking');
    found = await shrinker.finish(failureClassesOf(options, reduction.failures(), corpus));
    seconds.runs += (runEndMs - startMs) / 1000;
    seconds.shrinking += (nowMs() - runEndMs) / 1000;
  } while (!runner.isOver() && signal?.aborted !== true && budget.hasRoomForRuns());

  const leftOpen = await pool.finish();
  return {
    ...reduction.totals(),
    seed: options.seed,
    firstRun: options.firstRun ?? 0,
    world: options.world,
    workers: options.workers,
    twice: options.twice,
    faultName: options.fault?.name ?? null,
    seconds: seconds.runs,
    shrinkSeconds: seconds.shrinking,
    traceHash: reduction.traceHash(),
    pace: progress.pace(),
    failures: inOrder(found),
    deviations: options.deviations === undefined ? null : sightingsOfDeviations(options.deviations, found, corpus),
    notApplicable: notApplicableTo(plugin.capabilities),
    corpus,
    undecided: reduction.undecided(),
    end: signal?.aborted === true ? 'interrupted' : reduction.isFull() ? 'bailed' : 'complete',
    leftOpen,
  };
}

/** Those that scripts of the corpus failed in, and that count. */
function unknownClassesOf(options: SimulationOptions, corpus: CorpusResult | null): readonly string[] {
  return failureClassesOf(options, new Map(), corpus).flatMap(({ class: name, entries }) =>
    entries.some(({ failure }) => !isKnown(failure)) ? [name] : [],
  );
}

/** What is known comes last. */
function inOrder(found: Parameters<typeof smallestFirst>[0]): readonly FoundFailure[] {
  const unknown = found.filter(({ failure }) => !isKnown(failure));
  return [...smallestFirst(unknown), ...smallestFirst(found.filter(({ failure }) => isKnown(failure)))];
}
