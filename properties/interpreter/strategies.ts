/**
 * Who moves next. A strategy other than the fair one decides before every move among the labels that are enabled and
 * the script itself, so that steps are taken while earlier ones still have their effects.
 */
import { scriptWord, settleWord } from '../language/configuration.ts';
import type { ScheduleSpec, Step } from '../scripts/script.ts';
import type { Task } from '../worlds/world.ts';

/** What could move now. */
export interface Point {
  /** Tasks that are not held, sorted by label. */
  readonly tasks: readonly Task[];
  /** Whether the script has a step left. */
  readonly script: boolean;
}

export type Move =
  | { readonly move: 'task'; readonly label: string }
  /** The script takes its next step, or the one that is given. */
  | { readonly move: 'step'; readonly step?: Step }
  /** Everything runs, fairly, until nothing can move. */
  | { readonly move: 'settle' }
  | { readonly move: 'end' };

export interface Strategy {
  /** Asked exactly once before every move. */
  readonly next: (point: Point) => Move;
  /** The order of tasks while everything settles, where it is the strategy's own. */
  readonly order?: Order;
}

/** Picks one of the labels, of which there is at least one. */
export type Order = (labels: readonly string[]) => string | undefined;

/** Null for the fair schedule: it takes a step, settles, and never meets a choice. */
export function strategyOf(schedule: ScheduleSpec): Strategy | null {
  switch (schedule.kind) {
    case 'fair':
      return null;
    case 'priorities':
      return byPriorities(schedule.seed, schedule.changePoints);
    case 'chosen':
      return byChoices(schedule.choices);
  }
}

/** The first label after the one that ran last, around the circle. */
export function roundRobin(): Order {
  let last = '';
  return (labels) => {
    const label = labels.find((candidate) => candidate > last) ?? labels[0];
    if (label !== undefined) last = label;
    return label;
  };
}

/**
 * Random priorities that change at few, random places: a bug that needs `d` events in one order is found with a known
 * least probability under `d − 1` of them (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A Randomized Scheduler with
 * Probabilistic Guarantees of Finding Bugs", ASPLOS 2010).
 */
export function byPriorities(seed: number, changePoints: readonly number[]): Strategy {
  /** Later ones are lower. */
  const fallen: string[] = [];
  let moves = 0;
  const rank = (participant: string): number => {
    const place = fallen.indexOf(participant);
    return place < 0 ? 1 + priorityOf(seed, participant) : -place;
  };
  const highest = (participants: readonly string[]): string | undefined => {
    const [first, ...others] = participants;
    if (first === undefined) return undefined;
    const best = others.reduce((leader, other) => (rank(other) > rank(leader) ? other : leader), first);
    moves += 1;
    if (changePoints.includes(moves)) {
      const place = fallen.indexOf(best);
      if (place >= 0) fallen.splice(place, 1);
      fallen.push(best);
    }
    return best;
  };
  return {
    order: highest,
    next: ({ tasks, script }) => moveOf(highest([...tasks.map(({ label }) => label), ...(script ? [scriptWord] : [])])),
  };
}

export function byChoices(choices: readonly string[]): Strategy {
  let next = 0;
  return {
    next: ({ tasks, script }) => {
      const isEnabled = (choice: string): boolean =>
        choice === settleWord || (choice === scriptWord ? script : tasks.some(({ label }) => label === choice));
      for (let choice = choices[next++]; choice !== undefined; choice = choices[next++]) {
        if (isEnabled(choice)) return moveOf(choice);
      }
      if (tasks.length > 0) return { move: 'settle' };
      return script ? { move: 'step' } : { move: 'end' };
    },
  };
}

function moveOf(participant: string | undefined): Move {
  switch (participant) {
    case undefined:
      return { move: 'end' };
    case scriptWord:
      return { move: 'step' };
    case settleWord:
      return { move: 'settle' };
    default:
      return { move: 'task', label: participant };
  }
}

/** Between 0 and 2³² − 1: FNV-1a over the UTF-16 code units, mixed once more since labels differ in few of them. */
function priorityOf(seed: number, participant: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed} ${participant}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
