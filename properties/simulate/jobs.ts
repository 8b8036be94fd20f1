/**
 * What the pool and its workers say to each other: plain data that survives structured cloning. A run is named by
 * its number, never sent as a script, because a worker can draw the script itself.
 */
import type { Schedules } from '../generator/strategies.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, Outcome, RunOptions, RunResult, TraceEvent, WorldName } from '../trace.ts';

export type { WorldName } from '../trace.ts';

/** Names of the relations that every run plays, in turn; empty or absent: the usual share of all. */
export type Relations = readonly string[];

export type Job =
  /** The runs `from` (inclusive) to `to` (exclusive) of a seed; one `ran` answer each, in order. */
  | {
      readonly job: 'runs';
      readonly seed: number;
      readonly from: number;
      readonly to: number;
      readonly world: WorldName;
      readonly twice: boolean;
      readonly schedules?: Schedules | undefined;
      readonly relations?: Relations | undefined;
    }
  /** One script; one `ranScript` answer. `until` as in `RunOptions`. */
  | {
      readonly job: 'script';
      readonly script: Script;
      readonly world: WorldName;
      readonly keepTrace: boolean;
      readonly twice: boolean;
      readonly until?: number | undefined;
    }
  /** Draws the script of a run and runs it as `script` does. */
  | {
      readonly job: 'drawn';
      readonly seed: number;
      readonly run: number;
      readonly world: WorldName;
      readonly keepTrace: boolean;
      readonly twice: boolean;
      readonly until?: number | undefined;
    }
  /** Shrinks the script of a run, keeping the failure class; `smaller` answers on the way, then one `shrunk`. */
  | {
      readonly job: 'shrink';
      readonly seed: number;
      readonly run: number;
      readonly failureClass: string;
      readonly world: WorldName;
      readonly schedules?: Schedules | undefined;
      readonly relations?: Relations | undefined;
    }
  /** Shrinks a script that is known to fail so; answers as `shrink` does. */
  | { readonly job: 'shrinkScript'; readonly script: Script; readonly failureClass: string; readonly world: WorldName };

/** A run without its trace. */
export type RunSummary = Omit<RunResult, 'trace'>;

export interface ShrunkScript {
  readonly script: Script;
  readonly shrunkFrom: number;
  readonly attempts: number;
  /** Whether it is known that no step can be left out. */
  readonly oneMinimal: boolean;
  /** How the shrunk script itself ends. */
  readonly outcome: Outcome;
  /** What happened on the way there. */
  readonly trace: readonly TraceEvent[];
}

/** A script on the way to the shortest, with the failure that it ends in itself. */
export interface SmallerScript {
  readonly script: Script;
  readonly shrunkFrom: number;
  readonly failure: Failure;
}

export type Answer =
  | { readonly answer: 'ran'; readonly run: number; readonly summary: RunSummary }
  | { readonly answer: 'ranScript'; readonly script: Script; readonly result: RunResult }
  | { readonly answer: 'smaller'; readonly smaller: SmallerScript }
  /** Still shrinking: keeps the time limit of a single run from ending a long shrink. */
  | { readonly answer: 'attempted' }
  | { readonly answer: 'shrunk'; readonly shrunk: ShrunkScript }
  /** The job is over. */
  | { readonly answer: 'done' }
  /** The job could not be done; the worker lives on. */
  | { readonly answer: 'threw'; readonly why: string };

/** The workings of a worker, so that tests can put small ones in their place. */
export interface Workings {
  scriptOf(seed: number, run: number, schedules?: Schedules, relations?: Relations): Script;
  runScript(script: Script, options: RunOptions): Promise<RunResult>;
  shrinkScript(
    script: Script,
    fails: (candidate: Script) => Promise<boolean>,
  ): Promise<{ readonly script: Script; readonly attempts: number; readonly oneMinimal: boolean }>;
}
