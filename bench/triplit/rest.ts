/** Waits until something is at rest, by being told when it may be: no polling, and no waiting for a time that is long enough. */
import { setImmediate as breath } from 'node:timers/promises';

export interface Rest {
  /** Whatever rest depends on has changed. */
  readonly mayBeOver: () => void;
  /** Whether it came to rest before it was given up. */
  readonly over: (isAtRest: () => boolean) => Promise<boolean>;
}

/** A client that has lost its server goes on for as long as it likes. */
const givenUpMs = 2_000;

export function createRest(): Rest {
  let wake = (): void => {};
  return {
    mayBeOver: () => wake(),
    over: async (isAtRest) => {
      // What a call of just now leads to at once.
      await breath();
      return new Promise((resolve) => {
        const end = (rested: boolean): void => {
          clearTimeout(timer);
          wake = () => {};
          resolve(rested);
        };
        const timer = setTimeout(() => end(false), givenUpMs);
        wake = () => {
          if (isAtRest()) end(true);
        };
        wake();
      });
    },
  };
}
