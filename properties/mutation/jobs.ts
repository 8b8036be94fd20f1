/** What the pool and the workers of mutation testing say to each other: plain data. Scripts are named by their run. */
import type { Outcome } from '../trace.ts';

export type MutationJob =
  /** Runs without a mutant; one `ran` answer each, before the first of them one `loaded`. */
  | { readonly job: 'baseline'; readonly seed: number; readonly from: number; readonly to: number }
  /** Runs with the mutant, in their order until one tells it from the product; one `tried` answer each, then one `left`. */
  | MutantJob;

export interface MutantJob {
  readonly job: 'mutant';
  readonly seed: number;
  /** Its number. */
  readonly mutant: string;
  readonly runs: readonly number[];
  /** Visits of the mutant in one run, above which it loops. */
  readonly visitsMost: number;
  /** So many runs without a result, and it is given up. */
  readonly undecidedRunsBorne: number;
}

/** Mutants by number, with how often they were visited. */
export interface Visits {
  readonly mutants: readonly number[];
  readonly times: readonly number[];
}

export type MutationAnswer =
  /** What was visited while the code was loaded. */
  | { readonly answer: 'loaded'; readonly visits: Visits }
  | { readonly answer: 'ran'; readonly run: number; readonly outcome: Outcome; readonly traceHash: string; readonly visits: Visits }
  | { readonly answer: 'tried'; readonly run: number; readonly outcome: Outcome; readonly traceHash: string; readonly loops: boolean }
  /** The last run once more, without the mutant, to see whether it left anything behind. */
  | { readonly answer: 'left'; readonly run: number; readonly traceHash: string };
