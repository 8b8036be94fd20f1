/** How long to wait before the next attempt, and when the count of failures starts over (S9). */

const firstBackOffMs = 250;
const longestBackOffMs = 5 * 60_000;

/** A connection that was OPEN for so long was no failure, however it ended. */
export const steadyMs = 10_000;

/**
 * `failures` counts the failures in a row before this one. `fraction` is chance, from 0 up to 1: it spreads the clients of
 * a server that comes back over half of the back-off.
 */
export function reconnectDelayMs(failures: number, fraction: number): number {
  const backOffMs = Math.min(firstBackOffMs * 2 ** failures, longestBackOffMs);
  return Math.ceil((backOffMs * (1 + fraction)) / 2);
}
