/** Storage without space (W2): when it is asked again, and that it is said once when that begins, and once when it is over. */
import { errorText } from '../protocol/error-text.ts';
import type { Logger, Timer, Timers } from '../runtime/ports.ts';

/** How long storage is left alone after it had no space, doubling with each time in a row. */
export const firstSpaceRetryMs = 1_000;
export const mostSpaceRetryMs = 60_000;

export interface SpaceWatch {
  /** Storage has no space, and is not to be asked now. */
  isLeftAlone(): boolean;
  /** Storage had no space when it was asked last. */
  isFull(): boolean;
  /** It had none. */
  lacks(error: unknown): void;
  /** It took a batch. */
  found(): void;
  stop(): void;
}

/** `onRetry`: it may be asked again. */
export function createSpaceWatch(timers: Timers, logger: Logger, onRetry: () => void): SpaceWatch {
  let delayMs: number | undefined;
  let timer: Timer | undefined;

  return {
    isLeftAlone: () => timer !== undefined,
    isFull: () => delayMs !== undefined,
    lacks(error) {
      if (delayMs === undefined) logger.error(`The storage has no space: writes wait, and it is asked again. ${errorText(error)}`);
      delayMs = delayMs === undefined ? firstSpaceRetryMs : Math.min(2 * delayMs, mostSpaceRetryMs);
      timer = timers.schedule('append retry timer', delayMs, () => {
        timer = undefined;
        onRetry();
      });
    },
    found() {
      if (delayMs === undefined) return;
      delayMs = undefined;
      logger.info('The storage has space again: what waited is being appended.');
    },
    stop() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
