/**
 * What storage is asked for one after the other, so that after a failure none that follows has been kept. A `clear`
 * overtakes: what was under way before it goes on in storage, but nobody hears of its end any more (K1).
 */
import type { Turns } from './turns.ts';

export interface StorageLine {
  isBusy(): boolean;
  /** Begins at once, whatever is under way; only the last one begun is heard of. Throwing counts as rejecting. */
  begin(work: () => Promise<void>, onDone: () => void, onFailed: (cause: unknown) => void): void;
}

export function createStorageLine(turns: Turns): StorageLine {
  /** The work under way; the object itself is its identity. */
  let current: object | undefined;
  return {
    isBusy: () => current !== undefined,
    begin: (work, onDone, onFailed) => {
      const mine = {};
      current = mine;
      const end = (tell: () => void): void => {
        turns.run(() => {
          if (current !== mine) return;
          current = undefined;
          tell();
        });
      };
      const started = async (): Promise<void> => work();
      started().then(
        () => end(onDone),
        (cause: unknown) => end(() => onFailed(cause)),
      );
    },
  };
}
