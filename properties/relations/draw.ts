/** Which runs of a seed are relations: a small share, in turn; all of them where only relations are asked for. */
import { seedOfRun } from '../generation/chance.ts';
import { scriptOf } from '../generator/generate.ts';
import type { Schedules } from '../generator/strategies.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Script } from '../scripts/script.ts';
import { relations } from './index.ts';
import type { Relation } from './relation.ts';

/** Each such run is a relation and not a run in lockstep. */
const runsPerRelation = 20;
const prefix = 'relations/';

/** The properties by which failures of relations are told and picked. */
export function relationProperties(): readonly string[] {
  return relations.map(propertyOf);
}

export function propertyOf({ name }: Relation): string {
  return `${prefix}${name}`;
}

/** The names of relations that every run must play, because nothing else was asked for; empty: the usual share. */
export function relationsAskedFor(only: readonly string[]): readonly string[] {
  const names = only.flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  return names.length === only.length ? names : [];
}

/** The script of a run. With `asked` each run plays one of these relations, in turn. */
export function drawnScriptOf(
  seed: number,
  run: number,
  schedules?: Schedules,
  asked: readonly string[] = [],
  capabilities?: readonly Capability[],
): Script {
  const script = scriptOf(seed, run, schedules, capabilities);
  // Relations cut connections and the like.
  const name = schedules === 'sequential' ? undefined : relationOf(run, asked);
  return name === undefined ? script : { ...script, relation: { name, salt: seedOfRun(seed, run) >>> 0 } };
}

function relationOf(run: number, asked: readonly string[]): string | undefined {
  if (asked.length > 0) return asked[run % asked.length];
  if (run % runsPerRelation !== runsPerRelation - 1) return undefined;
  return relations[Math.floor(run / runsPerRelation) % relations.length]?.name;
}
