/** The trace: what happened in a run, one event after the other, as plain data. Every report is drawn from it, and its hash is what determinism is measured by. */
import type { Action } from '../model/index.ts';
import type { Step, StepKind } from './scripts/script.ts';

/** The end of a task, and of a run, say nothing that the beginning of the next does not; they are in no trace. */
export type TracedAction = Exclude<Action, { readonly kind: 'taskEnded' | 'over' }>;

/** What happened, and when. A trace travels between threads, so all of it is plain data. */
export type TraceEvent = Happening & {
  /** Index of the script step during which it happened; -1 before the first, the number of steps while healing. */
  readonly step: number;
  /** Virtual monotonic milliseconds since the run began. */
  readonly atMs: number;
};
export type Happening =
  | { readonly event: 'action'; readonly action: TracedAction }
  | { readonly event: 'step'; readonly taken: Step }
  /** The step meant nothing there. */
  | { readonly event: 'skip'; readonly skipped: StepKind }
  /** The world lets something happen. */
  | { readonly event: 'task'; readonly label: string }
  /** An advance ended early, after so many tasks. */
  | { readonly event: 'cut short'; readonly tasks: number }
  /** The second run of a relation begins; `difference` reads on after `with`. */
  | { readonly event: 'twin'; readonly difference: string }
  | { readonly event: 'failed'; readonly class: string };

/** The shape of a failure; shrinking accepts only the same `class` (rule and shape of the divergence). */
export interface Failure {
  readonly class: string;
  /** `S7`, or `determinism`, `liveness` … where no numbered rule fits. */
  readonly rule: string;
  /** The file of `properties/` that found it. */
  readonly property: string;
  /** One sentence. */
  readonly message: string;
  /** What the model allows here, in readable words, one entry a possibility; at most a few. */
  readonly allowed: readonly string[];
  readonly shown: string;
  readonly step: number;
  /** The name of the known deviation that shows in it; its `class` then ends with it. Absent: none that is known. */
  readonly known?: string;
}

export type Outcome =
  | { readonly outcome: 'held' }
  | { readonly outcome: 'failed'; readonly failure: Failure }
  /** A bound was hit or a check gave up: neither held nor failed. */
  | { readonly outcome: 'unknown'; readonly why: string };

export interface RunResult {
  readonly outcome: Outcome;
  /** Executed script steps plus tasks of the world, each followed by all checks. */
  readonly steps: number;
  /** Executed steps that are commands (inner ones of `together` counted). */
  readonly commands: number;
  readonly skipped: number;
  /** Hexadecimal SHA-256 over the lines of the trace. */
  readonly traceHash: string;
  /** Kept only on request. */
  readonly trace: readonly TraceEvent[];
  /** Counters by name (`step:insert`, `rule:S7`, `milestone:…`). */
  readonly coverage: Readonly<Record<string, number>>;
  /** Where it was stopped (`until`), or failed before. */
  readonly states?: States;
}

/** What the model held and what the system showed at one moment, in words, side by side. */
export interface States {
  /** Steps that had been taken; where the run failed, the one in which it did included. */
  readonly afterSteps: number;
  /** Virtual milliseconds since the run began. */
  readonly atMs: number;
  /** Labels of tasks that are held. */
  readonly held: readonly string[];
  /** The clients, then the server. */
  readonly processes: readonly ProcessStates[];
}
export interface ProcessStates {
  readonly name: string;
  readonly facts: readonly StateFact[];
}
/** `model` and `system` are lines; null: it does not say, so nothing is to be compared. */
export interface StateFact {
  /** null: the process itself. */
  readonly of: { readonly subscription: string; readonly query: string | null } | null;
  readonly name: string;
  readonly model: readonly string[] | null;
  readonly system: readonly string[] | null;
}

/** Which system runs, and where: `simulated`, `NAME VERSION` of one that comes in versions, or the path of an adapter. */
export type SystemName = string;
