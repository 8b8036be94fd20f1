/**
 * Notices a connection that died without a word (S9): every beat something must have been heard since the one before. A beat
 * that comes late, since the process slept, does not take for alive what its server has given up meanwhile.
 */
import { longestSilenceMs } from '../protocol/silence.ts';
import type { Timer, Timers } from '../runtime/ports.ts';

export const heartbeatIntervalMs = 30_000;

export interface Heartbeat {
  heard(): void;
  stop(): void;
}

/** `onBeat` is where a ping may be sent; after `onSilence` the heartbeat has stopped. */
export function startHeartbeat(timers: Timers, on: { readonly onBeat: () => void; readonly onSilence: () => void }): Heartbeat {
  let hasHeard = false;
  let heardMs = timers.now();
  let timer: Timer;
  function beat(): void {
    if (!hasHeard || timers.now() - heardMs >= longestSilenceMs) {
      on.onSilence();
      return;
    }
    hasHeard = false;
    arm();
    on.onBeat();
  }
  function arm(): void {
    timer = timers.schedule('heartbeat', heartbeatIntervalMs, beat);
  }
  arm();
  return {
    heard: () => {
      hasHeard = true;
      heardMs = timers.now();
    },
    stop: () => timer.cancel(),
  };
}
