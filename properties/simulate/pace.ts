/**
 * How many steps were done by when: samples of a simulation's progress, thinned to a bounded number that spans all of
 * its time evenly. It is about the machine, so no hash and no verdict depends on it.
 */

export interface PacePoint {
  /** Since the first run began. */
  readonly seconds: number;
  /** Done until then, by all workers. */
  readonly steps: number;
}

export interface Pace {
  /** Called as often as one likes; most calls are passed over. */
  sample(seconds: number, steps: () => number): void;
  /** At most `mostPoints`, in the order of time. */
  points(): readonly PacePoint[];
}

export const mostPoints = 200;
const firstIntervalSeconds = 0.1;

export function openPace(): Pace {
  let points: PacePoint[] = [];
  let intervalSeconds = firstIntervalSeconds;
  let nextSeconds = 0;
  return {
    sample: (seconds, steps) => {
      if (seconds < nextSeconds) return;
      points.push({ seconds, steps: steps() });
      if (points.length >= mostPoints) {
        points = points.filter((_, index) => index % 2 === 1);
        intervalSeconds *= 2;
      }
      nextSeconds = seconds + intervalSeconds;
    },
    points: () => points,
  };
}
