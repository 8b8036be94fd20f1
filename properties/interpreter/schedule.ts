/** Runs tasks of the world, each followed by the checks: one by its label, or all in some order until nothing can move. */
import type { Coverage } from '../coverage/coverage.ts';
import type { Task, World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';
import { type Order, roundRobin } from './strategies.ts';

/** Thrown when a bound is hit: the run is neither held nor failed. */
export class Undecided extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Undecided';
  }
}

export interface Schedule {
  /** Runs tasks that are not held until none is left or the run has failed; round robin over labels unless told otherwise. */
  readonly settle: (order?: Order) => Promise<void>;
  /** Tasks that are not held, sorted by label. */
  readonly enabled: () => readonly Task[];
  /** Runs the next task of a label, held or not; false where there is none. */
  readonly runOne: (label: string) => Promise<boolean>;
  /** Tasks executed so far. */
  readonly executed: () => number;
}

/** More tasks than this after one step and the run is given up as undecided. */
const tasksPerStepMax = 20_000;

export function createSchedule(world: World, judge: Judge, coverage: Coverage): Schedule {
  const fairOrder = roundRobin();
  let executed = 0;

  async function run(label: string): Promise<void> {
    const before = judge.state();
    judge.begin(label);
    await world.execute(label);
    executed += 1;
    coverage.task(label, before);
    judge.tell({ kind: 'taskEnded' });
  }

  async function runOne(label: string): Promise<boolean> {
    if (!world.tasks().some((task) => task.label === label)) return false;
    await run(label);
    return true;
  }

  const enabled = (): readonly Task[] => world.tasks().filter((task) => !task.held);

  async function settle(order: Order = fairOrder): Promise<void> {
    for (let tasks = 0; judge.failure() === null; tasks += 1) {
      const label = order(enabled().map((task) => task.label));
      if (label === undefined) return;
      if (tasks >= tasksPerStepMax) throw new Undecided(`more than ${tasksPerStepMax} tasks without quiescence, the last one ${label}`);
      await run(label);
    }
  }

  return { settle, enabled, runOne, executed: () => executed };
}
