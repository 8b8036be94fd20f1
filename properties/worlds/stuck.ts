/**
 * Real time enters a world only where it waits for real work: crypto in the thread pool, bytes on a socket. Such a wait
 * has a generous bound, and running into it means that nothing was decided, not that the system failed.
 */
import { clearTimeout, setTimeout } from 'node:timers';

const watchdogMs = 10_000;

/** The world waited for something real that did not come: the run could not be decided. */
export class WorldStuckError extends Error {
  override readonly name = 'WorldStuckError';
}

/** Resolves or rejects as `work` does; rejects with a WorldStuckError that names `what` if it takes longer than `limitMs` of real time. */
export function withWatchdog<Result>(work: Promise<Result>, what: string, limitMs = watchdogMs): Promise<Result> {
  return new Promise((resolve, reject) => {
    const watchdog = setTimeout(() => reject(new WorldStuckError(`waited ${limitMs / 1000} s for ${what}`)), limitMs);
    // It must not keep the thread alive: where nothing real is left that could come, that shows at once (E1).
    watchdog.unref();
    const rest = () => clearTimeout(watchdog);
    work.then(resolve, reject).finally(rest);
  });
}
