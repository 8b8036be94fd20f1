/** Plays a relation: both twins are run with nobody judging them on the way, and what they came to is compared. */
import { createHash } from 'node:crypto';
import type { Finding } from '../checks/check.ts';
import type { RunOptions } from '../interpreter/run-options.ts';
import type { Script } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import type { Failure, Outcome, RunResult, TraceEvent } from '../trace.ts';
import { compareDecided, haveSameDecisions } from './compare.ts';
import { drawnScriptOf, propertyOf } from './draw.ts';
import { createCollector, type Final, type Finals } from './final.ts';
import { relations } from './index.ts';
import type { Relation, Twins } from './relation.ts';

/** Runs a script as what it is: in lockstep with the model, or as the base of the twins that it names. */
export async function runAnyScript(script: Script, options: RunOptions): Promise<RunResult> {
  if (script.relation === undefined) return runScript(script, options);
  const { name, salt } = script.relation;
  const relation = relations.find((known) => known.name === name);
  if (relation === undefined) return unknownRelation(name);
  const { relation: _, ...base } = script;
  return runTwins(relation, base, salt, options);
}

/** The run of a seed, played as that relation and no other. */
export function runRelation(relation: Relation, seed: number, run: number): Promise<RunResult> {
  return runAnyScript(drawnScriptOf(seed, run, undefined, [relation.name]), { world: 'simulated', keepTrace: false });
}

async function runTwins(relation: Relation, base: Script, salt: number, options: RunOptions): Promise<RunResult> {
  const twins = relation.twinOf(base, salt);
  if (twins === null) return { ...nothing, coverage: { [`relation:${relation.name} unsuited`]: 1 } };
  const left = await observe(twins.left, options);
  const right = await observe(twins.right, options);
  const outcome = outcomeOf(relation, twins, base, left, right);
  const both = [left.result, right.result] as const;
  return {
    outcome: outcome.outcome,
    steps: both[0].steps + both[1].steps,
    commands: both[0].commands + both[1].commands,
    skipped: both[0].skipped + both[1].skipped,
    traceHash: createHash('sha256').update(`${both[0].traceHash}\n${both[1].traceHash}\n`).digest('hex'),
    trace: both[0].trace.length === 0 ? [] : [...both[0].trace, seam(twins), ...both[1].trace],
    coverage: coverageOf(relation, twins, outcome.word, both),
  };
}

/** Between the traces of the twins. */
function seam(twins: Twins): TraceEvent {
  return { step: -1, atMs: 0, event: 'twin', difference: twins.difference };
}

interface Observed {
  readonly result: RunResult;
  readonly finals: Finals | null;
}

async function observe(script: Script, options: RunOptions): Promise<Observed> {
  const collector = createCollector();
  const result = await runScript(script, { ...options, witness: collector.watch });
  return { result, finals: collector.finals() };
}

type Word = 'held' | 'idle' | 'discarded' | 'failed' | 'undecided';

/** What one of the two did by itself (a port passed by, a bound hit) comes before the comparison; the relation found it all the same. */
function outcomeOf(
  relation: Relation,
  twins: Twins,
  base: Script,
  left: Observed,
  right: Observed,
): { readonly word: Word; readonly outcome: Outcome } {
  for (const { outcome } of [left.result, right.result]) {
    if (outcome.outcome === 'failed') {
      return { word: 'failed', outcome: { outcome: 'failed', failure: { ...outcome.failure, property: propertyOf(relation) } } };
    }
    if (outcome.outcome === 'unknown') return { word: 'undecided', outcome };
  }
  if (left.finals === null || right.finals === null) {
    return { word: 'undecided', outcome: { outcome: 'unknown', why: `a twin of ${relation.name} did not come to its end` } };
  }
  const asItWas = compareFinals(relation, left.finals[0], right.finals[0]);
  const begunAnew = typeof asItWas === 'object' ? asItWas : compareFinals(relation, left.finals[1], right.finals[1]);
  if (typeof begunAnew === 'object') {
    return { word: 'failed', outcome: { outcome: 'failed', failure: failureOf(relation, twins, base, begunAnew) } };
  }
  return { word: begunAnew === 'idle' && asItWas === 'held' ? 'held' : begunAnew, outcome: { outcome: 'held' } };
}

function compareFinals(relation: Relation, left: Final, right: Final): Finding | 'held' | 'idle' | 'discarded' {
  const decided = compareDecided('W1', left, right);
  if (decided !== null) return decided;
  return haveSameDecisions(left, right) ? (relation.compare(left, right) ?? 'held') : 'discarded';
}

function failureOf(relation: Relation, twins: Twins, base: Script, finding: Finding): Failure {
  return {
    class: `${finding.rule} ${relation.name} ${finding.shape}`,
    rule: finding.rule,
    property: propertyOf(relation),
    message: `With ${twins.difference}: ${finding.message}.`,
    allowed: finding.allowed,
    shown: finding.shown,
    step: base.steps.length,
  };
}

/**
 * Of the twins' own counters those about steps, in families of their own: nobody judged those steps, so they prove
 * nothing explored. The rest is the lockstep runs' to tell.
 */
function coverageOf(relation: Relation, twins: Twins, word: Word, results: readonly RunResult[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>([[`relation:${relation.name} ${word}`, 1]]);
  if (twins.variant !== undefined && word === 'held') counts.set(`relation:${relation.name} ${twins.variant}`, 1);
  for (const [name, count] of results.flatMap(({ coverage }) => Object.entries(coverage))) {
    const own = twinNameOf(name);
    if (own !== null) counts.set(own, (counts.get(own) ?? 0) + count);
  }
  return Object.fromEntries(counts);
}

function twinNameOf(name: string): string | null {
  if (name.startsWith('step:')) return `twin-${name}`;
  return name.startsWith('skipped:') ? `twin-${name}` : null;
}

const nothing: RunResult = {
  outcome: { outcome: 'held' },
  steps: 0,
  commands: 0,
  skipped: 0,
  traceHash: 'nothing',
  trace: [],
  coverage: {},
};

function unknownRelation(name: string): RunResult {
  const known = relations.map((relation) => relation.name).join(', ');
  return { ...nothing, outcome: { outcome: 'unknown', why: `there is no relation "${name}"; there are ${known}` } };
}
