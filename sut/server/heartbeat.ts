/** Gives up a connection on which nothing was heard for a whole beat (S9): its other end may be gone without a word. */
import type { Timers } from '../runtime/ports.ts';

export const heartbeatIntervalMs = 45_000;

export interface Heartbeat {
  /** Something came from the other end. */
  heard(): void;
  cancel(): void;
}

export function startHeartbeat(timers: Timers, label: string, onSilence: () => void): Heartbeat {
  let hasHeard = false;
  const arm = () => timers.schedule(`heartbeat timer of ${label}`, heartbeatIntervalMs, beat);
  let timer = arm();

  function beat(): void {
    if (!hasHeard) {
      onSilence();
      return;
    }
    hasHeard = false;
    timer = arm();
  }

  return {
    heard: () => {
      hasHeard = true;
    },
    cancel: () => timer.cancel(),
  };
}
