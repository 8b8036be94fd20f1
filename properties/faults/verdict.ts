/** What the hunts of one fault come to: a fault must be found under every seed, by a short script that holds without it, a canary under none. */
import type { Fault } from './fault.ts';
import type { Hunt } from './hunt.ts';

export interface FaultResult {
  readonly file: string;
  readonly fault: Fault;
  /** An equivalent rewrite: nothing may be found. */
  readonly canary: boolean;
  readonly hunts: readonly Hunt[];
}

/** A longer script explains nothing. */
export const mostSteps = 15;

export type FaultVerdict =
  | 'found'
  | 'survived'
  | 'fails without it'
  | 'undecided without it'
  | 'script too long'
  | 'alive'
  | 'canary died'
  | 'undecided';

export function verdictOf(result: FaultResult): FaultVerdict {
  const found = result.hunts.filter((hunt) => hunt.runsUntilFound !== null);
  if (result.canary) {
    if (found.length > 0) return 'canary died';
    return result.hunts.some((hunt) => hunt.undecidedRuns > 0) ? 'undecided' : 'alive';
  }
  if (found.length < result.hunts.length) return 'survived';
  if (found.some(({ without }) => without === 'failed')) return 'fails without it';
  // Unknown is never reported as failed.
  if (found.some(({ without }) => without === 'unknown')) return 'undecided without it';
  return found.some((hunt) => (hunt.steps ?? 0) > mostSteps) ? 'script too long' : 'found';
}

function isGood(verdict: FaultVerdict): boolean {
  return verdict === 'found' || verdict === 'alive';
}

/** Of an even number of values the mean of the two in the middle; of none, not a number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function medianRuns(hunts: readonly Hunt[]): number {
  return median(hunts.map((hunt) => hunt.runsUntilFound ?? Number.POSITIVE_INFINITY));
}

export function medianSteps(hunts: readonly Hunt[]): number {
  return median(hunts.map((hunt) => hunt.steps ?? Number.POSITIVE_INFINITY));
}

/** Half of the faults must be found as soon as this, and by scripts as short as that. */
export const mostMedianRuns = 500;
export const mostMedianSteps = 8;

/** Over the faults, each with its median over the seeds; canaries stay out. */
export function mediansOf(results: readonly FaultResult[]): { readonly runs: number; readonly steps: number } {
  const faults = results.filter(({ canary }) => !canary);
  return { runs: median(faults.map(({ hunts }) => medianRuns(hunts))), steps: median(faults.map(({ hunts }) => medianSteps(hunts))) };
}

/** What speaks against the results, a line each. The medians say something only where all faults were hunted. */
export function complaintsAboutHunts(results: readonly FaultResult[], huntedAll: boolean): readonly string[] {
  const bad = results.filter((result) => !isGood(verdictOf(result))).map((result) => `${result.fault.name}: ${verdictOf(result)}`);
  return huntedAll ? [...bad, ...complaintsAboutMedians(mediansOf(results))] : bad;
}

function complaintsAboutMedians({ runs, steps }: ReturnType<typeof mediansOf>): readonly string[] {
  return [
    ...(runs <= mostMedianRuns ? [] : [`the median of the runs is above ${mostMedianRuns}`]),
    ...(steps <= mostMedianSteps ? [] : [`the median of the steps is above ${mostMedianSteps}`]),
  ];
}
