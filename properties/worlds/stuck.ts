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

/** Resolves or rejects as `work` does; rejects with a WorldStuckError that names `what` if it takes more than 10 s. */
export function withWatchdog<Result>(work: Promise<Result>, what: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const watchdog = setTimeout(() => reject(new WorldStuckError(`waited ${watchdogMs / 1000} s for ${what}`)), watchdogMs);
    const rest = () => clearTimeout(watchdog);
    work.then(resolve, reject).finally(rest);
  });
}
