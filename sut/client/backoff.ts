/** How long to wait before the next attempt (S9). No jitter: a server that fears a stampede closes with a reason instead. */

const firstDelayMs = 250;
const longestDelayMs = 5 * 60_000;

/** `failures` counts the failures in a row before this one. */
export function reconnectDelayMs(failures: number): number {
  return Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
}
