/**
 * Watches one connection's token expire (S5). The timer runs on the monotonic clock and so may come early by the wall
 * clock, if that was set back: then it is set again for what remains.
 */
import type { Timer, Timers, WallClock } from '../runtime/ports.ts';

export interface ExpiryWatch {
  /** From now on by this instant of the wall clock; undefined: never. */
  arm(expiresAtMs: number | undefined): void;
  cancel(): void;
}

export function createExpiryWatch(timers: Timers, wallClock: WallClock, label: string, onExpired: () => void): ExpiryWatch {
  let timer: Timer | undefined;

  function arm(expiresAtMs: number | undefined): void {
    timer?.cancel();
    timer = undefined;
    if (expiresAtMs === undefined || !Number.isFinite(expiresAtMs)) return;
    const remainingMs = Math.max(0, expiresAtMs - wallClock.now());
    timer = timers.schedule(`expiry timer of ${label}`, remainingMs, () => {
      if (wallClock.now() >= expiresAtMs) onExpired();
      else arm(expiresAtMs);
    });
  }

  return { arm, cancel: () => timer?.cancel() };
}
