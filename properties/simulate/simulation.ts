/** What a simulation is asked for and what it gives: plain data, from which every report is drawn. */
import type { Fault } from '../faults/fault.ts';
import type { Schedules } from '../scripts/draws/strategies.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure } from '../trace.ts';
import type { WorldName } from './jobs.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** Null where only the time bounds it. */
  readonly runs: number | null;
  readonly minutes: number | null;
  readonly world: WorldName;
  readonly workers: number;
  /** Runs every script twice and compares. */
  readonly twice: boolean;
  /** Rules or properties whose failures count; empty: all. */
  readonly only: readonly string[];
  readonly fault: Fault | undefined;
  readonly stopAfterFirstFailure: boolean;
  /** Orders all runs alike; where not given, each draws its own way. */
  readonly schedules?: Schedules | undefined;
  /** Names of the relations that every run plays, in turn; empty or absent: the usual share of all. */
  readonly relations?: readonly string[] | undefined;
}

/** All failing runs of one class, told by the lowest of them. */
export interface FoundFailure {
  readonly class: string;
  /** How the shrunk script fails. */
  readonly failure: Failure;
  readonly firstRun: number;
  /** Runs that failed so. */
  readonly count: number;
  readonly script: Script;
  readonly shrunkFrom: number;
  /** Candidates tried. */
  readonly attempts: number;
  /** Whether shrinking came to its end; otherwise why not. */
  readonly shrinking: 'oneMinimal' | 'bounded' | { readonly brokenOff: string };
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
  /** Runs that failed and count. */
  readonly failed: number;
  /** Runs ended by a failure that `only` leaves out. */
  readonly leftOut: number;
  readonly undecidedRuns: number;
}

export interface Simulation extends Totals {
  readonly seed: number;
  readonly world: WorldName;
  readonly workers: number;
  readonly twice: boolean;
  readonly faultName: string | null;
  /** Of the runs, without the shrinking. */
  readonly seconds: number;
  readonly shrinkSeconds: number;
  /** SHA-256 over the trace hashes of the runs in their order: the same for every number of workers. */
  readonly traceHash: string;
  readonly failures: readonly FoundFailure[];
  /** By reason, at most a few; `undecidedRuns` tells how many runs there are in all. */
  readonly undecided: readonly Undecided[];
  readonly end: 'complete' | 'interrupted' | 'firstFailure';
  /** Workers that something left open kept from ending. */
  readonly leftOpen: number;
}

export interface SimulationProgress extends Totals {
  readonly phase: 'running' | 'shrinking';
  readonly seconds: number;
  /** Between 0 and 1. */
  readonly done: number;
  /** While shrinking: steps of the smallest scripts so far. */
  readonly shrunkTo: readonly number[];
}

export type Verdict = 'held' | 'failed' | 'undecided';

/** Never `held` where something was left undecided, or was not run to its end. */
export function verdictOf(simulation: Simulation): Verdict {
  if (simulation.failures.length > 0) return 'failed';
  if (simulation.undecidedRuns > 0 || simulation.end === 'interrupted' || simulation.leftOpen > 0) return 'undecided';
  return 'held';
}
