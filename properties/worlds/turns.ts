/**
 * A turn of the system: its code runs, then everything it set going in microtasks runs to its end. One macrotask
 * drains them all, however long the chain; counting ticks would not.
 */
import { setImmediate } from 'node:timers';
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
        await drained();
        guard?.leave();
      }
    },
  };
}

function drained(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
