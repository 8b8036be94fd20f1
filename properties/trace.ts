/** The trace: what happened in a run, one event after the other, as plain data. Every report is drawn from it, and its hash is what determinism is measured by. */
import type { Watch } from './checks/check.ts';
import type { Script } from './scripts/script.ts';

export interface TraceEvent {
  /** Index of the script step during which it happened; -1 before the first, the number of steps while healing. */
  readonly step: number;
  /** Virtual monotonic milliseconds since the run began. */
  readonly atMs: number;
  /** `c1`, `server`, `world`. */
  readonly process: string;
  /** What kind of event: `step`, `skip`, `task`, or the kind of the model's action. */
  readonly event: string;
  /** Readable and canonical: equal runs give equal text. */
  readonly detail: string;
}

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
}

/** Where a run happens, and to whom: our own client and server, or a set of the published packages by its name. */
export type WorldName = 'simulated' | 'websocket' | `published ${string}`;

export interface RunOptions {
  readonly world: WorldName;
  readonly keepTrace: boolean;
  /** Sees the run in the place of the model and of all checks: nobody judges it (DESIGN §3.5). */
  readonly witness?: Watch;
}

/** `properties/run.ts` exports one: `runScript: RunScript`. */
export type RunScript = (script: Script, options: RunOptions) => Promise<RunResult>;
