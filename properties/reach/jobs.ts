/** What the pool and the workers that measure reach say to each other: plain data. */
import type { Outcome } from '../trace.ts';
import type { Reached } from './counters.ts';

/** The runs `from` (inclusive) to `to` (exclusive) of a seed; one `ran` answer each, and now and then a `reached`, at last after the last. */
export interface ReachJob {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

export type ReachAnswer =
  | { readonly answer: 'ran'; readonly run: number; readonly outcome: Outcome; readonly traceHash: string; readonly steps: number }
  | { readonly answer: 'reached'; readonly files: readonly Reached[] };
