/**
 * A turn of the system: its code runs, then everything it set going in microtasks runs to its end, however long the
 * chain; counting ticks would not do. The guard is on exactly so long: what else the process does in other macrotasks
 * (the loader, a test runner, a worker's messages) is not the system's.
 */
import { nextTick } from 'node:process';
import { setImmediate } from 'node:timers';
import { beat } from '../../tools/pulse.ts';
import type { Guard } from './guard.ts';

export interface Turns {
  /** Calls `work` as system code and drains. A throw of `work` rejects, after the drain. */
  take(work: () => void): Promise<void>;
}

/** Without a guard (over real sockets, whose library needs ambient time) turns are only drained. */
export function createTurns(guard: Guard | undefined): Turns {
  return {
    take: async (work) => {
      guard?.enter();
      try {
        work();
      } finally {
        await microtasksDrained();
        guard?.leave();
        await nextMacrotask();
        beat();
      }
    },
  };
}

/** A tick that is asked for inside a microtask comes when no microtask is left. */
function microtasksDrained(): Promise<void> {
  return new Promise((resolve) => queueMicrotask(() => nextTick(resolve)));
}

/** Lets the process have its turn, and shows whether the system is still moving. */
function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
