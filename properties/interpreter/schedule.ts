/** The canonical schedule: fair, in a fixed order, until nothing can move; every task is followed by the checks. */
import type { World } from '../worlds/world.ts';
import type { Coverage } from './coverage.ts';
import type { Judge } from './judge.ts';

/** Thrown when a bound is hit: the run is neither held nor failed. */
export class Undecided extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Undecided';
  }
}

export interface Schedule {
  /** Runs tasks that are not held, round robin over labels, until none is left or the run has failed. */
  readonly settle: () => Promise<void>;
  /** Runs the next task of a label, held or not; false where there is none. */
  readonly runOne: (label: string) => Promise<boolean>;
  /** Tasks executed so far. */
  readonly executed: () => number;
}

/** More tasks than this after one step and the run is given up as undecided. */
const tasksPerStepMax = 20_000;

export function createSchedule(world: World, judge: Judge, coverage: Coverage): Schedule {
  let last = '';
  let executed = 0;

  async function runOne(label: string): Promise<boolean> {
    if (!(await world.execute(label))) return false;
    executed += 1;
    coverage.count(`task:${familyOf(label)}`);
    judge.tell({ kind: 'taskEnded' });
    return true;
  }

  /** The first enabled label after the one that ran last, around the circle. */
  function nextLabel(): string | undefined {
    const enabled = world.tasks().filter((task) => !task.held);
    return (enabled.find((task) => task.label > last) ?? enabled[0])?.label;
  }

  async function settle(): Promise<void> {
    for (let tasks = 0; judge.failure() === null; tasks += 1) {
      const label = nextLabel();
      if (label === undefined) return;
      if (tasks >= tasksPerStepMax) throw new Undecided(`more than ${tasksPerStepMax} tasks without quiescence, the last one ${label}`);
      last = label;
      await runOne(label);
    }
  }

  return { settle, runOne, executed: () => executed };
}

/** `c2→server` and `c1→server` are one family. */
export function familyOf(label: string): string {
  return label.replace(/\bc\d+\b/g, 'c');
}
