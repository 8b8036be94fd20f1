/** A round of mutation testing: the mutants are made and bundled, the runs are measured without any, then each mutant is judged. */

import { bundle } from '../../tools/bundle.ts';
import { otherTexts } from '../../tools/other-texts.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { openPool } from '../../tools/worker-pool.ts';
import { productFiles } from '../reach/product-files.ts';
import { type Baseline, measureBaseline, type NoBaseline } from './baseline.ts';
import { instrument } from './instrument.ts';
import type { MutationAnswer, MutationJob } from './jobs.ts';
import { judgeMutant } from './judge-mutant.ts';
import { openLane } from './lane.ts';
import type { Mutant } from './mutant.ts';
import { type JudgedMutant, judged, leftOutByRule, type MutationReport, scoreOf, scoresOfFolders } from './report.ts';
import { inOrderOfLots, type Shard, sampleOf, shardOf } from './sample.ts';
import type { Verdict } from './verdicts.ts';

export interface MutationOptions {
  readonly seed: number;
  readonly runs: number;
  /** Null: all. */
  readonly sample: number | null;
  readonly shard: Shard | null;
  /** Names of mutants, and beginnings of files; empty: all. */
  readonly only: readonly string[];
  readonly workers: number;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export interface MutationHooks {
  onMade?(mutants: number): void;
  /** Runs without a mutant. */
  onRun?(done: number): void;
  onJudged?(results: readonly JudgedMutant[], chosen: number): void;
  /** Ends with what there is. */
  readonly signal?: AbortSignal;
}

export type MutationEnd =
  | { readonly end: 'report'; readonly report: MutationReport }
  /** Without a mutant a run does not hold. */
  | ({ readonly end: 'no baseline' } & NoBaseline)
  /** Before anything was judged. */
  | { readonly end: 'interrupted' };

/** The bundle of the worker with all mutants in it. */
export async function bundleMutants(texts: ReadonlyMap<string, string>): Promise<string> {
  return bundle({ entry: 'properties/mutation/worker.ts', plugins: [otherTexts(texts).plugin] });
}

export async function mutate(options: MutationOptions, hooks: MutationHooks = {}): Promise<MutationEnd> {
  const startMs = performance.now();
  const { mutants, texts } = await instrument(productFiles(repositoryRoot()));
  hooks.onMade?.(mutants.length);
  const chosen = choose(mutants, options);
  const bundled = await bundleMutants(texts);
  const baseline = await baselineOf(bundled, options, hooks);
  if (baseline === null) return { end: 'interrupted' };
  if (baseline.end === 'not held') return { ...baseline, end: 'no baseline' };
  const results = await judgeAll(chosen, baseline.baseline, bundled, options, hooks);
  const names = new Set(mutants.map(({ name }) => name));
  const report: MutationReport = {
    seed: options.seed,
    runs: options.runs,
    traceHash: baseline.baseline.traceHash,
    made: mutants.length,
    leftOut: leftOutByRule(mutants),
    sample: options.sample,
    shard: options.shard,
    chosen: chosen.length,
    results,
    total: scoreOf(results),
    folders: scoresOfFolders(results),
    staleVerdicts: [...options.verdicts].flatMap(([name, verdict]) => (names.has(name) ? [] : [verdict])),
    end: results.length < chosen.length ? 'interrupted' : 'complete',
    seconds: (performance.now() - startMs) / 1000,
  };
  return { end: 'report', report };
}

function choose(mutants: readonly Mutant[], { only, sample, shard, seed }: MutationOptions): readonly Mutant[] {
  const isMeant = ({ name, file }: Mutant): boolean => only.length === 0 || only.some((text) => name === text || file.startsWith(text));
  const counted = mutants.filter((mutant) => mutant.leftOut === null && isMeant(mutant));
  const sampled = sample === null ? counted : sampleOf(counted, sample, seed);
  return shard === null ? sampled : shardOf(sampled, shard);
}

async function baselineOf(bundled: string, { seed, runs, workers }: MutationOptions, { onRun, signal }: MutationHooks) {
  const pool = openPool<MutationJob, MutationAnswer>({ bundle: bundled, workers, signal });
  const end = await measureBaseline(pool, seed, runs, onRun, signal);
  await pool.terminate();
  return end;
}

/** In the order of their lots, so that what there is at an interruption is a sample as well. */
async function judgeAll(
  chosen: readonly Mutant[],
  baseline: Baseline,
  bundled: string,
  { seed, workers, verdicts }: MutationOptions,
  { onJudged, signal }: MutationHooks,
): Promise<readonly JudgedMutant[]> {
  const queue = inOrderOfLots(chosen, seed).values();
  const results = new Map<Mutant, JudgedMutant>();
  const work = async (): Promise<void> => {
    const lanes = { warm: openLane(bundled, signal), unloaded: openLane(bundled, signal) };
    for (const mutant of queue) {
      if (signal?.aborted === true) break;
      const fate = await judgeMutant(mutant, baseline, lanes, signal);
      if (fate === null) break;
      results.set(mutant, judged(mutant, fate, verdicts.get(mutant.name)));
      onJudged?.([...results.values()], chosen.length);
    }
    await Promise.all([lanes.warm.close(), lanes.unloaded.close()]);
  };
  await Promise.all(Array.from({ length: Math.min(workers, chosen.length) }, work));
  return chosen.flatMap((mutant) => results.get(mutant) ?? []);
}
