/** Runs the gate: the scripts at hand and fresh runs of one seed on what is to be released and on what that is compared with, then the questions that are left. */
import type { CorpusEntry } from '../corpus/entry.ts';
import type { Script } from '../scripts/script.ts';
import { openScriptPool, outcomeIn } from '../simulate/script-pool.ts';
import { simulate } from '../simulate/simulate.ts';
import { type Simulation, type SimulationProgress, usualOptions } from '../simulate/simulation.ts';
import { type Answered, findingsOf, type Listed, type Question, questionsFor, type Side } from './findings.ts';
import { isWhole, type Sightings, sightingsOf } from './sightings.ts';
import { neverBegan, type State } from './start.ts';
import { type GateVerdict, inOrder, type JudgedFinding, judgeFinding, verdictOfFindings } from './verdict.ts';
import { type JudgedWaiver, waives } from './waivers.ts';

export interface GateOptions {
  readonly seed: number;
  /** Fresh ones, on each side. */
  readonly runs: number;
  readonly workers: number;
  /** Run first on each side. */
  readonly scripts: readonly CorpusEntry[];
  /** What is told by name and does not block by itself. */
  readonly listed: readonly Listed[];
  /** Judged by the day of the gate; none where not given. */
  readonly waivers?: readonly JudgedWaiver[];
}

export interface GateHooks {
  onSide?(side: Side): void;
  /** Called often; it is up to the listener to draw seldom. */
  onProgress?(progress: () => SimulationProgress): void;
  /** Ends the gate with what there is. */
  readonly signal?: AbortSignal;
}

export interface GateResult {
  readonly verdict: GateVerdict;
  readonly findings: readonly JudgedFinding[];
  readonly here: Simulation;
  /** Null where nothing was compared, or it was not begun. */
  readonly there: Simulation | null;
  /** The sides of which no run came to its first step. */
  readonly neverBegan: readonly Side[];
  /** A script that shows it, by the name of the finding; what shows here is told by a script of here. */
  readonly scripts: ReadonlyMap<string, Script>;
}

/** `there` is null where nothing is compared. */
export async function runGate(options: GateOptions, here: State, there: State | null, hooks: GateHooks = {}): Promise<GateResult> {
  const ofHere = await simulateSide(options, 'here', here, hooks);
  const ofThere = there === null || isInterrupted(hooks) ? null : await simulateSide(options, 'there', there, hooks);
  const sightings = { here: sightingsOf(ofHere), there: ofThere === null ? null : sightingsOf(ofThere) };
  const questions = sightings.there === null || isInterrupted(hooks) ? [] : questionsFor(sightings.here, sightings.there);
  const answers = await ask(options, questions, { here, there: there ?? here }, hooks);
  const wholeRun = isWhole(ofHere) && (there === null || (ofThere !== null && isWhole(ofThere))) && !isInterrupted(hooks);
  const { listed, waivers = [] } = options;
  const findings = findingsOf(listed, sightings.here, sightings.there, answers).map((one) => judgeFinding(one, waives(waivers, one.name)));
  const begins = { here: ofHere, there: ofThere };
  const unbegun = (['here', 'there'] as const).filter((side) => begins[side] !== null && neverBegan(begins[side]));
  const circumstances = { isWhole: wholeRun, neverBegan: unbegun.length > 0, hasExpiredWaiver: waivers.some(({ isExpired }) => isExpired) };
  return {
    verdict: verdictOfFindings(findings, circumstances),
    findings: inOrder(findings),
    here: ofHere,
    there: ofThere,
    neverBegan: unbegun,
    scripts: new Map([...scriptsIn(sightings.there), ...scriptsIn(sightings.here)]),
  };
}

function scriptsIn(sightings: Sightings | null): readonly (readonly [string, Script])[] {
  return [...(sightings?.byName.values() ?? [])].map(({ name, script }) => [name, script]);
}

function isInterrupted({ signal }: GateHooks): boolean {
  return signal?.aborted === true;
}

function simulateSide(options: GateOptions, side: Side, { world, bundle }: State, { onSide, ...hooks }: GateHooks): Promise<Simulation> {
  onSide?.(side);
  const { seed, runs, workers, scripts } = options;
  return simulate({ ...usualOptions, seed, runs, world, workers, corpus: scripts }, { bundle, ...hooks });
}

async function ask(
  { workers }: GateOptions,
  questions: readonly Question[],
  states: Readonly<Record<Side, State>>,
  hooks: GateHooks,
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const side of ['here', 'there'] as const) {
    const asked = questions.filter((question) => question.side === side);
    if (asked.length === 0) continue;
    const { world, bundle } = states[side];
    const pool = openScriptPool({ bundle, workers, signal: hooks.signal });
    const outcomes = asked.map(async (question) => ({ ...question, outcome: await outcomeIn(pool, question.script, { world }) }));
    answers.push(...(await Promise.all(outcomes)));
    await pool.finish();
  }
  return answers;
}
