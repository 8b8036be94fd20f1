/**
 * What the pool and its workers say to each other: plain data that survives structured cloning. A run is named by
 * its number, never sent as a script, because a worker can draw the script itself.
 */

import type { Schedules } from '../generator/strategies.ts';
import type { RunScript } from '../interpreter/run-options.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, Outcome, RunResult, SystemName, TraceEvent } from '../trace.ts';

export type { SystemName } from '../trace.ts';

/** A run of a seed, by which its script is drawn. */
export interface DrawnRun {
  readonly seed: number;
  readonly run: number;
  /** Orders all runs alike; where not given, each draws its own way. */
  readonly schedules?: Schedules | undefined;
  /** Names of the relations that every run plays, in turn; empty or absent: the usual share of all. */
  readonly relations?: readonly string[] | undefined;
  /** The theme of every run; absent: each draws its own. */
  readonly theme?: string | undefined;
}

/** A script as it stands, or the one of a run. */
export type ScriptSource = Script | DrawnRun;

/** How one script is run. `until` as in `RunOptions`. */
export interface HowToRun {
  readonly world: SystemName;
  readonly keepTrace?: boolean;
  /** Runs it twice and compares. */
  readonly twice?: boolean;
  readonly until?: number | undefined;
}

export type Job =
  /** The runs `from` (inclusive) to `to` (exclusive) of a seed; one `ran` answer each, in order. */
  | (Omit<DrawnRun, 'run'> & HowToRun & { readonly job: 'runs'; readonly from: number; readonly to: number })
  /** One script; one `ranScript` answer. */
  | (HowToRun & { readonly job: 'script'; readonly of: ScriptSource })
  /** The script of a run, which is not run; one `drew` answer. */
  | { readonly job: 'draw'; readonly of: DrawnRun; readonly world: SystemName }
  /** Shrinks a script that is known to fail so, keeping the failure class; `smaller` answers on the way, then one `shrunk`. */
  | { readonly job: 'shrink'; readonly of: ScriptSource; readonly failureClass: string; readonly world: SystemName };

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
  /** With the script of one that failed. */
  | { readonly answer: 'ran'; readonly run: number; readonly summary: RunSummary; readonly script?: Script }
  | { readonly answer: 'ranScript'; readonly script: Script; readonly result: RunResult }
  | { readonly answer: 'drew'; readonly script: Script }
  | { readonly answer: 'smaller'; readonly smaller: SmallerScript }
  /** Still shrinking: keeps the time limit of a single run from ending a long shrink. */
  | { readonly answer: 'attempted' }
  | { readonly answer: 'shrunk'; readonly shrunk: ShrunkScript };

/** The workings of a worker, so that tests can put small ones in their place. */
export interface Workings {
  /** In the words of the system. */
  scriptOf(drawn: DrawnRun, world: SystemName): Script | Promise<Script>;
  /** Whether the system has words for the script. */
  isInWords(world: SystemName, script: Script): boolean | Promise<boolean>;
  runScript: RunScript;
  shrinkScript(
    script: Script,
    fails: (candidate: Script) => Promise<boolean>,
  ): Promise<{ readonly script: Script; readonly attempts: number; readonly oneMinimal: boolean }>;
}
