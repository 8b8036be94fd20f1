/** What a simulation is asked for and what it gives: plain data, from which every report is drawn. */
import type { CorpusEntry } from '../corpus/entry.ts';
import type { NotApplicable } from '../coverage/rule-needs.ts';
import type { Fault } from '../faults/fault.ts';
import type { Schedules } from '../generator/strategies.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, Outcome, TraceEvent } from '../trace.ts';
import type { SystemName } from './jobs.ts';
import { type DeviationSighting, isKnown, type ListedDeviation } from './known.ts';
import type { PacePoint } from './pace.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** The number of the first run; 0 where not given. */
  readonly firstRun?: number | undefined;
  /** From the first on; null where only the time bounds it. */
  readonly runs: number | null;
  /** All of it has to fit in: the corpus, the runs, and what is shrunk. */
  readonly minutes: number | null;
  readonly world: SystemName;
  readonly workers: number;
  /** Runs every script twice and compares. */
  readonly twice: boolean;
  /** Rules or properties whose failures count; empty: all. */
  readonly only: readonly string[];
  readonly fault: Fault | undefined;
  /** Classes of failure after which it ends; null: none end it. */
  readonly bail: number | null;
  /** Orders all runs alike; where not given, each draws its own way. */
  readonly schedules?: Schedules | undefined;
  /** Names of the relations that every run plays, in turn; empty or absent: the usual share of all. */
  readonly relations?: readonly string[] | undefined;
  /** The theme of every run, of `themeNames`; absent: each draws its own. */
  readonly theme?: string | undefined;
  /** Run before the seed's runs, apart from all their figures; absent: none are. */
  readonly corpus?: readonly CorpusEntry[] | undefined;
  /** Known deviations of the system, whose own scripts are those of `corpus`; absent: there is no list of any. */
  readonly deviations?: readonly ListedDeviation[] | undefined;
  /** Whether failures that are known are shrunk as well; absent: no, since their scripts are known. */
  readonly shrinksKnown?: boolean | undefined;
}

/** Asked for where nothing else is: fresh runs of our own client and server, to their end. */
export const usualOptions = {
  minutes: null,
  world: 'simulated',
  workers: 1,
  twice: false,
  only: [],
  fault: undefined,
  bail: null,
} as const satisfies Partial<SimulationOptions>;

/** All that failed in one class, told by the smallest script known to fail so. */
export interface FoundFailure {
  readonly class: string;
  /** How the shrunk script fails. */
  readonly failure: Failure;
  /** Null where only entries of the corpus failed so. */
  readonly firstRun: number | null;
  /** The run whose script this was before it was shrunk: the one that failed after the fewest steps. Null for one of the corpus. */
  readonly shrunkRun: number | null;
  /** Runs that failed so; entries of the corpus do not count. */
  readonly count: number;
  /** Names of the entries of the corpus that failed so, the one whose script is told first. */
  readonly corpusEntries: readonly string[];
  readonly script: Script;
  /** What happened when the script failed; absent where it was not shrunk. */
  readonly trace?: readonly TraceEvent[];
  /** Steps before shrinking. */
  readonly shrunkFrom: number;
  /** Candidates tried. */
  readonly attempts: number;
  /** Whether shrinking came to its end; otherwise why not. */
  readonly shrinking: 'oneMinimal' | 'bounded' | 'asInCorpus' | { readonly brokenOff: string };
  /** The class of a smaller script whose steps are all in this one, so that one mistake probably shows in both; null: none. */
  readonly sameCauseAs: string | null;
}

/** How the corpus ended. It counts neither in the runs nor in the hash, so that adding to it changes neither. */
export interface CorpusResult {
  readonly scripts: number;
  /** Entries that failed and count; what is known does not. */
  readonly failed: number;
  /** Entries that failed in a way that `only` leaves out. */
  readonly leftOut: number;
  readonly undecided: number;
  readonly seconds: number;
  /** In the order of the corpus. */
  readonly results: readonly CorpusEntryResult[];
}

export interface CorpusEntryResult {
  /** Its rule and class are those that it was kept for, which need not be those by which it fails now. */
  readonly entry: CorpusEntry;
  readonly outcome: Outcome;
}

export interface CorpusProgress {
  readonly scripts: number;
  /** Entries that were run. */
  readonly done: number;
  /** Those of them that failed and count. */
  readonly failed: number;
}

/** All undecided runs of one reason, told by the lowest of them. */
export interface Undecided {
  readonly firstRun: number;
  readonly count: number;
  readonly why: string;
}

export interface Totals {
  readonly runs: number;
  readonly steps: number;
  readonly commands: number;
  readonly skipped: number;
  readonly coverage: Readonly<Record<string, number>>;
  /** Runs that failed and count; those of known deviations do not. */
  readonly failed: number;
  /** Runs that ended in a known deviation. */
  readonly knownRuns: number;
  /** Runs ended by a failure that `only` leaves out. */
  readonly leftOut: number;
  readonly undecidedRuns: number;
}

export interface Simulation extends Totals {
  readonly seed: number;
  readonly firstRun: number;
  readonly world: SystemName;
  readonly workers: number;
  readonly twice: boolean;
  readonly faultName: string | null;
  /** Of the runs, without the shrinking. */
  readonly seconds: number;
  readonly shrinkSeconds: number;
  /** SHA-256 over the trace hashes of the runs in their order: the same for every number of workers. */
  readonly traceHash: string;
  /** Steps done by when, of the runs; at most a few hundred points. It is about the machine and counts in no hash. */
  readonly pace: readonly PacePoint[];
  /** Smallest script first; after all others those of known deviations. */
  readonly failures: readonly FoundFailure[];
  /** Null where there is no list of any. */
  readonly deviations: readonly DeviationSighting[] | null;
  /** Rules that say nothing of this system, for want of what they need: they were not checked, and did not hold. */
  readonly notApplicable: readonly NotApplicable[];
  /** Null where the corpus was not run. */
  readonly corpus: CorpusResult | null;
  /** By reason, at most a few; `undecidedRuns` tells how many runs there are in all. */
  readonly undecided: readonly Undecided[];
  readonly end: 'complete' | 'interrupted' | 'bailed';
  /** Workers that something left open kept from ending. */
  readonly leftOpen: number;
}

export interface SimulationProgress extends Totals {
  readonly phase: 'corpus' | 'running' | 'shrinking';
  readonly corpus: CorpusProgress;
  readonly seconds: number;
  /** Of the runs: between 0 and 1. */
  readonly done: number;
  /** While shrinking: steps of the smallest scripts so far. */
  readonly shrunkTo: readonly number[];
}

/** Whether the verdict can only be `failed` by now. */
export function hasFailed({ failed, corpus }: SimulationProgress): boolean {
  return failed + corpus.failed > 0;
}

export type Verdict = 'held' | 'failed' | 'undecided';

/** Known deviations fail nothing. Never `held` where something was left undecided, or was not run to its end. */
export function verdictOf(simulation: Simulation): Verdict {
  if (simulation.failures.some(({ failure }) => !isKnown(failure))) return 'failed';
  if ((simulation.corpus?.undecided ?? 0) > 0) return 'undecided';
  if (simulation.undecidedRuns > 0 || simulation.end === 'interrupted' || simulation.leftOpen > 0) return 'undecided';
  return 'held';
}
