/** What a round of mutation testing came to, as plain data from which every report is drawn. */
import type { Fate } from './judge-mutant.ts';
import { folderOf, type Mutant, type MutantIdentity } from './mutant.ts';
import type { Shard } from './sample.ts';
import type { Verdict } from './verdicts.ts';

export interface JudgedMutant extends MutantIdentity {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly fate: Fate;
  readonly verdict: Pick<Verdict, 'verdict' | 'reason'> | null;
}

export interface Score {
  readonly all: number;
  readonly killed: number;
  readonly survived: number;
  readonly notVisited: number;
  readonly undecided: number;
  /** Of those that were not killed. */
  readonly equivalent: number;
  /** Killed ÷ (all − equivalent), from 0 to 1; null: there is nothing to divide by. */
  readonly score: number | null;
}

export interface MutationReport {
  readonly seed: number;
  readonly runs: number;
  /** Without a mutant; that of `simulate` for the same seed and runs. */
  readonly traceHash: string;
  /** Mutants that the instrumenter made. */
  readonly made: number;
  /** By rule, how many of them are left out. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Asked for; null: all that are not left out. */
  readonly sample: number | null;
  readonly shard: Shard | null;
  /** How many were to be judged: more than there are results where it was interrupted. */
  readonly chosen: number;
  readonly results: readonly JudgedMutant[];
  readonly total: Score;
  readonly folders: Readonly<Record<string, Score>>;
  /** Verdicts that fit no mutant any more. */
  readonly staleVerdicts: readonly Verdict[];
  readonly end: 'complete' | 'interrupted';
  readonly seconds: number;
}

/** With more equivalents than this share of all, a second reader must look at them. */
export const equivalentsMost = 0.05;

export function judged(mutant: Mutant, fate: Fate, verdict: Verdict | undefined): JudgedMutant {
  const { number: _, leftOut: __, ...identity } = mutant;
  return { ...identity, fate, verdict: verdict === undefined ? null : { verdict: verdict.verdict, reason: verdict.reason } };
}

/** Said to be equivalent, and yet told apart: the verdict is wrong. */
export function refuted(results: readonly JudgedMutant[]): readonly JudgedMutant[] {
  return results.filter(({ fate, verdict }) => fate.fate === 'killed' && verdict?.verdict === 'equivalent');
}

export function scoreOf(results: readonly JudgedMutant[]): Score {
  const count = (is: (result: JudgedMutant) => boolean): number => results.filter(is).length;
  const killed = count(({ fate }) => fate.fate === 'killed');
  const equivalent = count(({ fate, verdict }) => fate.fate !== 'killed' && verdict?.verdict === 'equivalent');
  const counted = results.length - equivalent;
  return {
    all: results.length,
    killed,
    survived: count(({ fate }) => fate.fate === 'survived'),
    notVisited: count(({ fate }) => fate.fate === 'not visited'),
    undecided: count(({ fate }) => fate.fate === 'undecided'),
    equivalent,
    score: counted === 0 ? null : killed / counted,
  };
}

/** In the order of their names. */
export function scoresOfFolders(results: readonly JudgedMutant[]): Readonly<Record<string, Score>> {
  const folders = [...new Set(results.map(folderOf))].sort();
  return Object.fromEntries(folders.map((folder) => [folder, scoreOf(results.filter((result) => folderOf(result) === folder))]));
}

export function leftOutByRule(mutants: readonly Mutant[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { leftOut } of mutants) if (leftOut !== null) counts[leftOut] = (counts[leftOut] ?? 0) + 1;
  return counts;
}
