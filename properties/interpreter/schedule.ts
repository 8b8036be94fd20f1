/** Runs tasks of the world, each followed by the checks: one by its label, or all in some order until nothing can move. */
import type { Action } from '../../model/index.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Task, World } from '../worlds/world.ts';
import type { Judge } from './judge.ts';
import { type Order, roundRobin } from './strategies.ts';

export function restless(tasks: number, label: string): Action {
  return { kind: 'processLost', how: 'without rest', shown: `${tasks} tasks, and no rest; the next one is ${label}` };
}

/** Thrown where it cannot be said how a run ends: it is neither held nor failed. */
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
  /** Runs the next task of a label, held or not; false where there is none, or its client sleeps. */
  readonly runOne: (label: string) => Promise<boolean>;
  /** The label of the task that runs; null: none does. */
  readonly underWay: () => string | null;
  /** Tasks executed so far. */
  readonly executed: () => number;
}

/** More tasks than this after one step, and nothing comes to rest any more (E3). */
export const tasksPerStepMost = 20_000;

export function createSchedule(world: World, judge: Judge, coverage: Coverage): Schedule {
  const fairOrder = roundRobin();
  let executed = 0;
  let underWay: string | null = null;

  async function run(label: string): Promise<void> {
    const before = judge.state();
    judge.begin(label);
    underWay = label;
    await world.execute(label);
    underWay = null;
    executed += 1;
    coverage.task(label, before);
    judge.tell({ kind: 'taskEnded' });
  }

  async function runOne(label: string): Promise<boolean> {
    if (!world.tasks().some((task) => task.label === label && task.isAsleep !== true && task.isThrottled !== true)) return false;
    await run(label);
    return true;
  }

  const enabled = (): readonly Task[] => world.tasks().filter((task) => !task.held);

  async function settle(order: Order = fairOrder): Promise<void> {
    for (let tasks = 0; judge.failure() === null; tasks += 1) {
      const label = order(enabled().map((task) => task.label));
      if (label === undefined) return;
      if (tasks >= tasksPerStepMost) judge.tell(restless(tasks, label));
      else await run(label);
    }
  }

  return { settle, enabled, runOne, underWay: () => underWay, executed: () => executed };
}
