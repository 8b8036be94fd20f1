/** What is told of a gate: plain data, from which the table in the terminal, the page and the JSON are drawn. */
import type { Script } from '../scripts/script.ts';
import type { Simulation } from '../simulate/simulation.ts';
import type { Evidence, Explored } from './evidence.ts';
import type { GateVerdict, JudgedFinding } from './verdict.ts';
import type { JudgedWaiver } from './waivers.ts';

export interface GateReport {
  readonly verdict: GateVerdict;
  /** What blocks first. */
  readonly findings: readonly ReportedFinding[];
  readonly evidence: Evidence;
  /** Those of the file that was given. */
  readonly waivers: readonly JudgedWaiver[];
  /** Names of the states of which no run came to its first step. */
  readonly neverBegan: readonly string[];
  readonly seed: number;
  /** Fresh ones that were asked for, on each side. */
  readonly runs: number;
  /** What is to be released. */
  readonly here: StateReport;
  /** What it is compared with; null: with nothing. */
  readonly there: StateReport | null;
  /** Why nothing is compared, where that was not asked for; half a sentence. */
  readonly notCompared: string | null;
  /** Does the same again. */
  readonly command: string;
}

export interface ReportedFinding extends JudgedFinding {
  /** One that shows it; null: none is at hand. */
  readonly script: Script | null;
  /** The command that replays the script, once that is in the file that it names. */
  readonly replay: string | null;
}

export interface StateReport {
  /** `latest`, `v0.1.0`, `the present state`. */
  readonly name: string;
  /** The versions of its packages, or its commit; empty where there is nothing to tell. */
  readonly details: string;
  /** Null where it was interrupted before it began. */
  readonly simulation: Simulation | null;
  /** Null where it was not begun. */
  readonly explored: Explored | null;
}

type Json = Readonly<Record<string, unknown>>;

/** For programs: a contract, so fields are added and never renamed. `docs/gate.schema.json` describes it, and a test holds the two together. */
export function gateJson(report: GateReport): Json {
  const { verdict, seed, runs, here, there, notCompared, command, findings, evidence, waivers, neverBegan } = report;
  return {
    verdict,
    evidence,
    neverBegan,
    waivers,
    seed,
    runs,
    here: stateJson(here),
    there: there === null ? null : stateJson(there),
    notCompared,
    command,
    findings: findings.map(findingJson),
  };
}

function findingJson({ label, blocks, name, isKnown: known, rule, title, here, there, replay, script }: ReportedFinding): Json {
  return { label, blocks, name, known, rule, title, here, there, replay, script };
}

function stateJson({ name, details, simulation, explored }: StateReport): Json {
  if (simulation === null) return { name, details, begun: false };
  const { world: system, failed: failedRuns, corpus, end } = simulation;
  const { runs, steps, commands, seconds, traceHash, undecidedRuns, undecided } = simulation;
  const counts = { runs, steps, commands, seconds, traceHash, failedRuns, undecidedRuns, undecided };
  const scripts = { scripts: corpus?.scripts ?? 0, undecidedScripts: corpus?.undecided ?? 0 };
  return { name, details, begun: true, system, ...counts, ...scripts, explored, end };
}
