/** Which runs of a seed are relations: a small share, in turn; all of them where only relations are asked for. */
import { seedOfRun } from '../generation/chance.ts';
import { drawnOf, type ScriptOptions } from '../generator/generate.ts';
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

/** What is drawn, where not everything is. */
export interface DrawnOptions extends Pick<ScriptOptions, 'schedules' | 'theme' | 'capabilities'> {
  /** Each run plays one of these relations, in turn; empty or absent: the usual share of all. */
  readonly relations?: readonly string[] | undefined;
}

export function drawnScriptOf(seed: number, run: number, { relations = [], ...options }: DrawnOptions = {}): Script {
  const { script } = drawnOf(seed, run, options);
  // Relations cut connections and the like, and a theme that was asked for is to be met in every run.
  const isSingle = options.schedules === 'sequential' || (options.theme !== undefined && relations.length === 0);
  const name = isSingle ? undefined : relationOf(run, relations);
  return name === undefined ? script : { ...script, relation: { name, salt: seedOfRun(seed, run) >>> 0 } };
}

function relationOf(run: number, asked: readonly string[]): string | undefined {
  if (asked.length > 0) return asked[run % asked.length];
  if (run % runsPerRelation !== runsPerRelation - 1) return undefined;
  return relations[Math.floor(run / runsPerRelation) % relations.length]?.name;
}
