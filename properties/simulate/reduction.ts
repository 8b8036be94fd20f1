/**
 * Takes the runs as they come in and adds them up in the order of their numbers, so that no figure depends on how
 * many workers there were. What is kept of a run is its figures; its script can be drawn again.
 */
import { createHash } from 'node:crypto';
import type { Failure } from '../trace.ts';
import type { RunSummary } from './jobs.ts';
import { isKnown } from './known.ts';
import type { Totals, Undecided } from './simulation.ts';

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
  add(run: number, summary: RunSummary): void;
  /** The runs 0 … n − 1 are added up. */
  completed(): number;
  totals(): Totals;
  /** By class. */
  failures(): ReadonlyMap<string, FailureClass>;
  undecided(): readonly Undecided[];
  traceHash(): string;
}

/** With `stopAfterFirstFailure` no run is added after the first that fails; what is known does not count as one. */
export function openReduction(only: readonly string[], stopAfterFirstFailure: boolean): Reduction {
  const early = new Map<number, RunSummary>();
  const hash = createHash('sha256');
  const coverage = new Map<string, number>();
  const classes = new Map<string, FailureClass>();
  const undecided = new Map<string, Undecided>();
  const sums = { runs: 0, steps: 0, commands: 0, skipped: 0, failed: 0, knownRuns: 0, leftOut: 0, undecidedRuns: 0 };

  const takeFailure = (failure: Failure): void => {
    if (!isAskedFor(failure, only)) {
      sums.leftOut += 1;
      return;
    }
    if (isKnown(failure)) sums.knownRuns += 1;
    else sums.failed += 1;
    const known = classes.get(failure.class) ?? { failure, firstRun: sums.runs, shortestRun: sums.runs, count: 0 };
    const shorter = failure.step < known.failure.step ? { failure, shortestRun: sums.runs } : {};
    classes.set(failure.class, { ...known, ...shorter, count: known.count + 1 });
  };
  /** Reasons are the same where their first lines are; stacks may differ. */
  const takeReason = (why: string): void => {
    const [reason = ''] = why.split('\n');
    const known = undecided.get(reason);
    if (known !== undefined) undecided.set(reason, { ...known, count: known.count + 1 });
    else if (undecided.size < reasonsTold) undecided.set(reason, { firstRun: sums.runs, count: 1, why });
  };
  const take = (summary: RunSummary): void => {
    const { outcome } = summary;
    if (outcome.outcome === 'failed') takeFailure(outcome.failure);
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
    add: (run, summary) => {
      early.set(run, summary);
      for (let next = early.get(sums.runs); next !== undefined; next = early.get(sums.runs)) {
        if (stopAfterFirstFailure && sums.failed > 0) return;
        early.delete(sums.runs);
        take(next);
      }
    },
    completed: () => sums.runs,
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
