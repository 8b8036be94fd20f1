/**
 * Gives up a connection on which nothing was heard for so long (S9): its other end may be gone without a word. The bound
 * lets a client live whose timers run once a minute, as those of hidden browser tabs do.
 */
import { longestSilenceMs } from '../protocol/silence.ts';
import type { Timers } from '../runtime/ports.ts';

export interface Heartbeat {
  /** Something came from the other end. */
  heard(): void;
  /** From now on nothing can be heard, so that silence proves nothing; then it counts from there. */
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** One timer serves many frames: where it fires too early, it is set again for what remains. */
export function startHeartbeat(timers: Timers, label: string, onSilence: () => void): Heartbeat {
  let heardMs = timers.now();
  let isPaused = false;
  const wait = (delayMs: number) => timers.schedule(`heartbeat timer of ${label}`, delayMs, judge);
  let timer = wait(longestSilenceMs);

  function judge(): void {
    const remainingMs = (isPaused ? timers.now() : heardMs) + longestSilenceMs - timers.now();
    if (remainingMs > 0) timer = wait(remainingMs);
    else onSilence();
  }

  return {
    heard: () => {
      heardMs = timers.now();
    },
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      heardMs = timers.now();
    },
    cancel: () => timer.cancel(),
  };
}
