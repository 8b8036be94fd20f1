/**
 * Takes the runs as they come in and adds them up in the order of their numbers, so that no figure depends on how
 * many workers there were. What is kept of a run is its figures; its script can be drawn again.
 */
import { createHash } from 'node:crypto';
import type { Failure } from '../trace.ts';
import type { RunSummary } from './jobs.ts';
import { isKnown } from './known.ts';
import type { Segment } from './recording.ts';
import { summariesOf } from './segments.ts';
import type { SimulationOptions, Totals, Undecided } from './simulation.ts';

/** Reasons that are told. */
const reasonsTold = 10;

export interface FailureClass {
  /** That of the shortest run. */
  readonly failure: Failure;
  readonly firstRun: number;
  /** The run that failed after the fewest steps, the lowest of them: what comes after is not needed, so it shrinks soonest. */
  readonly shortestRun: number;
  readonly count: number;
}

export interface Reduction {
  /** `failedBefore`: classes that count before any run does, those that scripts of the corpus failed in. `done`: what was recorded. */
  begin(failedBefore: readonly string[], done: readonly Segment[]): void;
  add(run: number, summary: RunSummary): void;
  /** All runs before this one are added up. */
  next(): number;
  /** Adds the failures of runs that came out of turn, behind one that never came: of an interrupted simulation nothing known is lost. */
  addStrays(): void;
  /** Whether so many classes of failure are known that no run is added any more; what is known by its name does not count as one. */
  isFull(): boolean;
  totals(): Totals;
  /** By class. */
  failures(): ReadonlyMap<string, FailureClass>;
  undecided(): readonly Undecided[];
  traceHash(): string;
}

/** `onTaken` hears of each run when its turn comes, but not of those that were recorded. */
export function openReduction(
  { only, bail, firstRun = 0 }: Pick<SimulationOptions, 'only' | 'bail' | 'firstRun'>,
  onTaken: (run: number, summary: RunSummary) => void = () => {},
): Reduction {
  const early = new Map<number, RunSummary>();
  const hash = createHash('sha256');
  const coverage = new Map<string, number>();
  const classes = new Map<string, FailureClass>();
  const undecided = new Map<string, Undecided>();
  const counted = new Set<string>();
  const sums = { runs: 0, steps: 0, commands: 0, skipped: 0, failed: 0, knownRuns: 0, leftOut: 0, undecidedRuns: 0 };

  const next = (): number => firstRun + sums.runs;
  const isFull = (): boolean => bail !== null && counted.size >= bail;
  const takeFailure = (run: number, failure: Failure): void => {
    if (!isAskedFor(failure, only)) {
      sums.leftOut += 1;
      return;
    }
    if (isKnown(failure)) sums.knownRuns += 1;
    else {
      sums.failed += 1;
      counted.add(failure.class);
    }
    const known = classes.get(failure.class) ?? { failure, firstRun: run, shortestRun: run, count: 0 };
    const shorter = failure.step < known.failure.step ? { failure, shortestRun: run } : {};
    classes.set(failure.class, { ...known, ...shorter, count: known.count + 1 });
  };
  /** Reasons are the same where their first lines are; stacks may differ. */
  const takeReason = (why: string): void => {
    const [reason = ''] = why.split('\n');
    const known = undecided.get(reason);
    if (known !== undefined) undecided.set(reason, { ...known, count: known.count + 1 });
    else if (undecided.size < reasonsTold) undecided.set(reason, { firstRun: next(), count: 1, why });
  };
  const take = (summary: RunSummary): void => {
    const { outcome } = summary;
    if (outcome.outcome === 'failed') takeFailure(next(), outcome.failure);
    if (outcome.outcome === 'unknown') {
      sums.undecidedRuns += 1;
      takeReason(outcome.why);
    }
    sums.steps += summary.steps;
    sums.commands += summary.commands;
    sums.skipped += summary.skipped;
    for (const [name, count] of Object.entries(summary.coverage)) coverage.set(name, (coverage.get(name) ?? 0) + count);
    hash.update(`${summary.traceHash}\n`);
    sums.runs += 1;
  };

  return {
    begin: (failedBefore, done) => {
      for (const name of failedBefore) counted.add(name);
      for (const summary of done.flatMap(summariesOf)) if (!isFull()) take(summary);
    },
    add: (run, summary) => {
      early.set(run, summary);
      for (let turn = early.get(next()); turn !== undefined && !isFull(); turn = early.get(next())) {
        early.delete(next());
        onTaken(next(), turn);
        take(turn);
      }
    },
    next,
    isFull,
    addStrays: () => {
      const inOrder = [...early].sort(([one], [other]) => one - other);
      for (const [run, { outcome }] of inOrder) if (outcome.outcome === 'failed' && !isFull()) takeFailure(run, outcome.failure);
      early.clear();
    },
    totals: () => ({ ...sums, coverage: Object.fromEntries([...coverage].sort(([a], [b]) => (a < b ? -1 : 1))) }),
    failures: () => classes,
    undecided: () => [...undecided.values()],
    traceHash: () => hash.copy().digest('hex'),
  };
}

/** Whether it counts where only the failures of these rules and properties do; none: all do. */
export function isAskedFor(failure: Failure, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(failure.rule) || only.includes(failure.property);
}
