/** Waiting for something real without polling: whoever changes the state tells the signal, and those who wait look again. */
import { withWatchdog } from './stuck.ts';

export interface Signal {
  /** Resolves as soon as `reached` holds; rejects with a WorldStuckError that names `what` if it never does. */
  until(reached: () => boolean, what: string): Promise<void>;
  changed(): void;
}

interface Waiter {
  readonly reached: () => boolean;
  readonly resolve: () => void;
}

export function createSignal(): Signal {
  let waiters: readonly Waiter[] = [];
  return {
    until: (reached, what) => {
      if (reached()) return Promise.resolve();
      const reaching = new Promise<void>((resolve) => {
        waiters = [...waiters, { reached, resolve }];
      });
      return withWatchdog(reaching, what);
    },
    changed: () => {
      const done = waiters.filter((waiter) => waiter.reached());
      waiters = waiters.filter((waiter) => !done.includes(waiter));
      for (const waiter of done) waiter.resolve();
    },
  };
}
