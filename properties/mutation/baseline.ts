/** The runs of a seed without any mutant: they must hold, and tell which mutants each of them visits, and how often. */
import { createHash } from 'node:crypto';
import type { Pool } from '../../tools/worker-pool.ts';
import type { Outcome } from '../trace.ts';
import type { MutationAnswer, MutationJob, Visits } from './jobs.ts';

export interface Baseline {
  readonly seed: number;
  /** By run. */
  readonly hashes: readonly string[];
  /** That of `simulate` for this seed and number of runs: SHA-256 over the trace hashes in the order of the runs. */
  readonly traceHash: string;
  /** Mutants visited while the code was loaded. */
  readonly atLoad: ReadonlySet<string>;
  /** For each mutant the runs that visit it, in their order. */
  readonly runsOf: ReadonlyMap<string, readonly number[]>;
  /** For each mutant the most visits in one run. */
  readonly mostVisits: ReadonlyMap<string, number>;
}

/** Nothing can be said of mutants where the product itself does not hold. */
export interface NoBaseline {
  readonly run: number;
  readonly outcome: Exclude<Outcome, { readonly outcome: 'held' }>;
}

export type BaselineEnd = { readonly end: 'held'; readonly baseline: Baseline } | ({ readonly end: 'not held' } & NoBaseline);

/** Runs that a worker is handed at once. */
const runsABatch = 8;

export async function measureBaseline(
  pool: Pool<MutationJob, MutationAnswer>,
  seed: number,
  runs: number,
  onRun: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<BaselineEnd | null> {
  const hashes: string[] = [];
  const atLoad = new Set<string>();
  const runsOf = new Map<string, number[]>();
  const mostVisits = new Map<string, number>();
  const broken: NoBaseline[] = [];
  let done = 0;
  const take = (answer: MutationAnswer): void => {
    if (answer.answer === 'loaded') for (const mutant of answer.visits.mutants) atLoad.add(String(mutant));
    if (answer.answer !== 'ran') return;
    done += 1;
    hashes[answer.run] = answer.traceHash;
    if (answer.outcome.outcome !== 'held') broken.push({ run: answer.run, outcome: answer.outcome });
    for (const [mutant, times] of entriesOf(answer.visits)) {
      const list = runsOf.get(mutant);
      if (list === undefined) runsOf.set(mutant, [answer.run]);
      else list.push(answer.run);
      mostVisits.set(mutant, Math.max(mostVisits.get(mutant) ?? 0, times));
    }
    onRun(done);
  };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < runs && broken.length === 0 && signal?.aborted !== true) {
      const from = next;
      next = Math.min(runs, from + runsABatch);
      const { end, ...rest } = await pool.perform({ job: 'baseline', seed, from, to: next }, take);
      if (end !== 'done') broken.push({ run: from, outcome: { outcome: 'unknown', why: 'why' in rest ? rest.why : 'no result' } });
    }
  };
  await Promise.all(Array.from({ length: pool.workers }, lane));
  if (signal?.aborted === true) return null;
  const [first] = broken.sort((one, other) => one.run - other.run);
  if (first !== undefined) return { end: 'not held', ...first };
  for (const list of runsOf.values()) list.sort((one, other) => one - other);
  return { end: 'held', baseline: { seed, hashes, traceHash: wholeHash(hashes), atLoad, runsOf, mostVisits } };
}

function* entriesOf({ mutants, times }: Visits): Iterable<readonly [string, number]> {
  for (const [place, mutant] of mutants.entries()) yield [String(mutant), times[place] ?? 0];
}

function wholeHash(hashes: readonly string[]): string {
  const whole = createHash('sha256');
  for (const hash of hashes) whole.update(`${hash}\n`);
  return whole.digest('hex');
}
