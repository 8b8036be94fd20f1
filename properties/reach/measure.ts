/** Measures what generated runs of a seed reach of the product. The figures are those of the runs alone, whatever the number of workers. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FileCoverageData } from 'istanbul-lib-coverage';
import { bundle } from '../../tools/bundle.ts';
import { otherTexts } from '../../tools/other-texts.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { openPool } from '../../tools/worker-pool.ts';
import type { Outcome } from '../trace.ts';
import type { Reached } from './counters.ts';
import { countIn } from './instrument.ts';
import type { ReachAnswer, ReachJob } from './jobs.ts';
import { exemptions, productFiles } from './product-files.ts';
import { isCalled, type PublicFunction, publicFunctions } from './public-functions.ts';
import { filesOf, type ReachReport, totalOf } from './report.ts';

export interface ReachOptions {
  readonly seed: number;
  readonly runs: number;
  readonly workers: number;
  /** Some code remembers things for its whole process, so what is reached would hang on which runs share a thread: these do. */
  readonly runsAThread?: number;
}

export interface ReachHooks {
  onRun?(done: number): void;
  /** Ends with what there is. */
  readonly signal?: AbortSignal;
}

const usualRunsAThread = 100;

/** What is measured: good for any number of measurements of the same product. */
export interface CountedProduct {
  readonly bundle: string;
  /** What there is to reach. */
  readonly nothing: Readonly<Record<string, FileCoverageData>>;
  readonly callable: readonly PublicFunction[];
}

export async function countedProduct(root = repositoryRoot()): Promise<CountedProduct> {
  const { texts, nothing } = countIn(productFiles(root), root);
  const bundled = await bundle({ entry: 'properties/reach/worker.ts', plugins: [otherTexts(texts).plugin] });
  return { bundle: bundled, nothing, callable: publicFunctions() };
}

export async function measureReach(
  options: ReachOptions,
  { onRun, signal }: ReachHooks = {},
  product?: CountedProduct,
): Promise<ReachReport> {
  const { seed, runs, workers, runsAThread = usualRunsAThread } = options;
  const startMs = performance.now();
  const root = repositoryRoot();
  const { bundle: bundled, nothing, callable } = product ?? (await countedProduct(root));
  const files = structuredClone(nothing);
  const hashes: string[] = [];
  const broken: { readonly run: number; readonly outcome: Outcome }[] = [];
  let steps = 0;
  let next = 0;
  const perform = async (first: number, end: number): Promise<void> => {
    const pool = openPool<ReachJob, ReachAnswer>({ bundle: bundled, workers: 1, signal });
    let from = first;
    while (from < end) {
      const ended = await pool.perform({ seed, from, to: end }, (answer) => {
        if (answer.answer === 'reached') return add(answer.files, files, root);
        from = answer.run + 1;
        steps += answer.steps;
        hashes[answer.run] = answer.traceHash;
        if (answer.outcome.outcome !== 'held') broken.push({ run: answer.run, outcome: answer.outcome });
        onRun?.(Object.keys(hashes).length);
      });
      if (ended.end === 'done' || signal?.aborted === true) break;
      // What was reached so far is lost with the thread, so the report says that the run gave no result.
      broken.push({ run: from, outcome: { outcome: 'unknown', why: ended.why } });
      from += 1;
    }
    await pool.terminate();
  };
  const lane = async (): Promise<void> => {
    while (next < runs && signal?.aborted !== true) {
      const from = next;
      next = Math.min(runs, from + runsAThread);
      await perform(from, next);
    }
  };
  await Promise.all(Array.from({ length: workers }, lane));
  const ran = Object.keys(hashes).length;
  const called = callable.map((known) => ({ known, isCalled: isCalled(known, files) }));
  return {
    seed,
    runs,
    ran,
    steps,
    traceHash: ran === runs ? wholeHash(hashes) : null,
    broken: broken.sort((one, other) => one.run - other.run),
    total: totalOf(files),
    files: filesOf(files, (file) => readFileSync(join(root, file), 'utf8')),
    publicFunctions: called.filter((each) => each.isCalled !== undefined).length,
    publicNot: called.flatMap((each) => (each.isCalled === false ? [each.known] : [])),
    exemptions: exemptions.map(({ where, why }) => ({ where, why })),
    seconds: (performance.now() - startMs) / 1000,
  };
}

function add(reached: readonly Reached[], files: Readonly<Record<string, FileCoverageData>>, root: string): void {
  for (const { path, statements, functions, branches } of reached) {
    const file = files[relative(root, path).replaceAll('\\', '/')];
    if (file === undefined) continue;
    for (const key of statements) file.s[key] = (file.s[key] ?? 0) + 1;
    for (const key of functions) file.f[key] = (file.f[key] ?? 0) + 1;
    for (const [branch, arm] of branches) {
      const arms = file.b[branch];
      if (arms !== undefined) arms[arm] = (arms[arm] ?? 0) + 1;
    }
  }
}

function wholeHash(hashes: readonly string[]): string {
  const whole = createHash('sha256');
  for (const hash of hashes) whole.update(`${hash}\n`);
  return whole.digest('hex');
}
