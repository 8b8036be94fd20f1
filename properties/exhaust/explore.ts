/**
 * Runs all schedules of a scope. A system cannot be copied, so each branch is a run from the beginning that takes the
 * moves that led there, and goes on for as long as there are new states; one that was met before is not entered again.
 * Branches are taken in the order in which they were left: the early ones lead far, so that it takes a third fewer runs
 * than from the last one back, and what is explored first differs most.
 */

import type { RunOptions } from '../interpreter/run-options.ts';
import type { Strategy } from '../interpreter/strategies.ts';
import type { Script } from '../scripts/script.ts';
import type { Failure, RunResult } from '../trace.ts';
import type { Scope } from './scope.ts';
import { beginningOf, type Choice, createTour, keyOfPlace, scriptOf, type Tour } from './tour.ts';

export interface Exploration {
  /** Runs of the system. */
  readonly runs: number;
  readonly states: number;
  /** Moves that led to a state which was known. */
  readonly merged: number;
  /** All schedules there are, counted over the graph of states; exact up to 2⁵³. One that fails ends where it failed. */
  readonly schedules: number;
  /** False where the budget ended the exploration, or a promise that never settled. */
  readonly exhausted: boolean;
  readonly failures: readonly FoundSchedule[];
  /** Why single runs gave no result. */
  readonly undecided: readonly string[];
}

/** A failure class, told by the first schedule that showed it. */
export interface FoundSchedule {
  readonly failure: Failure;
  readonly script: Script;
  readonly count: number;
  /** From 1. */
  readonly firstRun: number;
}

export interface ExploreOptions {
  readonly budgetRuns: number;
  /** False: every schedule is run by itself, which only the smallest scopes allow. */
  readonly merge: boolean;
  readonly stopAtFirstFailure: boolean;
  readonly onRun?: (runs: number, states: number) => void;
}

export type Runner = (script: Script, options: RunOptions, explorer?: Strategy) => Promise<RunResult>;

interface Branch {
  readonly path: readonly string[];
  readonly key: string;
}

export async function explore(scope: Scope, run: Runner, options: ExploreOptions): Promise<Exploration> {
  const root: Branch = { path: [], key: keyOf(options, beginningOf(scope), []) };
  const branches: Branch[] = [root];
  const known = new Set<string>();
  /** Which states follow each state; nothing for the last of a schedule. */
  const graph = new Map<string, readonly string[]>();
  const failures = new Map<string, FoundSchedule>();
  const undecided: string[] = [];
  let runs = 0;
  let merged = 0;
  let isExhausted = true;

  /** Goes on with a new state, leaves the other new ones for later. */
  const decide = (choices: readonly Choice[], path: readonly string[], from: string): Branch | undefined => {
    const all = choices.map((choice): Branch => {
      const longer = [...path, choice.name];
      return { path: longer, key: keyOf(options, choice.after, longer) };
    });
    const keys = all.map(({ key }) => key);
    graph.set(from, keys);
    const [next, ...later] = all.filter(({ key }) => !known.has(key));
    merged += all.length - later.length - (next === undefined ? 0 : 1);
    branches.push(...later);
    if (next !== undefined) known.add(next.key);
    return next;
  };

  const runBranch = async (branch: Branch): Promise<void> => {
    let at = branch.key;
    const tour = createTour(scope, branch.path, (choices, path) => {
      const next = decide(choices, path, at);
      if (next === undefined) return undefined;
      at = next.key;
      return choices.find(({ name }) => name === next.path.at(-1));
    });
    const { outcome } = await run(scriptOf(scope, [], []), { world: 'simulated', keepTrace: false }, tour);
    if (outcome.outcome === 'unknown' && !tour.brokenOff()) undecided.push(outcome.why);
    if (outcome.outcome === 'failed') await takeFailure(outcome.failure, tour);
  };

  /** It must fail as a script by itself too, or it would be of no use to anybody. */
  const takeFailure = async (failure: Failure, tour: Tour): Promise<void> => {
    const found = failures.get(failure.class);
    if (found !== undefined) {
      failures.set(failure.class, { ...found, count: found.count + 1 });
      return;
    }
    const script = tour.script();
    const { outcome } = await run(script, { world: 'simulated', keepTrace: false });
    if (outcome.outcome === 'failed' && outcome.failure.class === failure.class) {
      failures.set(failure.class, { failure: outcome.failure, script, count: 1, firstRun: runs });
    } else undecided.push(`a schedule that failed (${failure.class}) did not fail as a script: ${JSON.stringify(script)}`);
  };

  known.add(root.key);
  let isFirst = true;
  let next = 0;
  for (let branch = branches[next++]; branch !== undefined; branch = branches[next++]) {
    if (!isFirst && known.has(branch.key)) {
      merged += 1;
      continue;
    }
    if (runs >= options.budgetRuns || (options.stopAtFirstFailure && failures.size > 0) || isSpoilt(failures)) {
      isExhausted = false;
      break;
    }
    isFirst = false;
    known.add(branch.key);
    runs += 1;
    await runBranch(branch);
    options.onRun?.(runs, known.size);
  }
  return {
    runs,
    states: known.size,
    merged,
    schedules: countSchedules(graph, root.key),
    exhausted: isExhausted,
    failures: [...failures.values()],
    undecided,
  };
}

/** A promise that was given up may settle yet, in the middle of another run: nothing more is to be learnt in this thread. */
function isSpoilt(failures: ReadonlyMap<string, FoundSchedule>): boolean {
  return [...failures.values()].some(({ failure }) => failure.rule === 'E1');
}

function keyOf({ merge }: ExploreOptions, place: Choice['after'], path: readonly string[]): string {
  return merge ? keyOfPlace(place) : path.join('\n');
}

/** Ways from a state to an end. The graph has no circles, since every move makes a history longer. */
function countSchedules(graph: ReadonlyMap<string, readonly string[]>, root: string): number {
  const counts = new Map<string, number>();
  const count = (key: string): number => {
    const counted = counts.get(key);
    if (counted !== undefined) return counted;
    const following = graph.get(key) ?? [];
    const ways = following.length === 0 ? 1 : following.reduce((sum, next) => sum + count(next), 0);
    counts.set(key, ways);
    return ways;
  };
  return count(root);
}
