/**
 * How a bound in minutes is kept: all has to fit in it, so runs end early enough to shrink what failed, and shrinking early
 * enough to tell it. How long a class takes to shrink is learnt on the way.
 */

/** Of the time in all. */
const mostShareForShrinking = 0.25;
/** Telling the result takes about half as long as it took to begin, on a machine that is fast or slow. */
const reportsToBeginning = 0.5;
const mostShareForReports = 0.1;
/** So near the end runs are dealt one by one: a worker is done with what it has soon after. */
const nearEndMs = 5_000;
const leastShareForRuns = 0.02;
/** What shrinking a class takes, as long as none has been shrunk. */
const usualShrinkMs = 3_000;

export interface TimeBudget {
  /** Whether no run is to begin any more, where so many classes of failure are not shrunk. */
  isOverForRuns(classesToShrink: number): boolean;
  /** How long shrinking may last from now on. */
  leftMs(): number;
  /** Whether runs are to be dealt one by one. */
  isNearEnd(classesToShrink: number): boolean;
  /** Whether it pays to go on with runs after all is shrunk. */
  hasRoomForRuns(): boolean;
  /** A class was shrunk in so long. */
  shrank(tookMs: number): void;
}

export interface TimeBudgetOptions {
  /** Null: there is no bound. */
  readonly minutes: number | null;
  readonly workers: number;
  /** When the process began, by the same clock as `nowMs`. */
  readonly startMs: number;
  readonly nowMs: () => number;
}

export function openTimeBudget({ minutes, workers, startMs, nowMs }: TimeBudgetOptions): TimeBudget {
  if (minutes === null) {
    const [no, leftMs] = [() => false, () => Number.POSITIVE_INFINITY];
    return { isOverForRuns: no, isNearEnd: no, hasRoomForRuns: no, leftMs, shrank: () => {} };
  }
  const totalMs = minutes * 60_000;
  const reportsMs = Math.min((nowMs() - startMs) * reportsToBeginning, totalMs * mostShareForReports);
  const endMs = startMs + totalMs - reportsMs;
  let shrinks = 0;
  let shrunkMs = 0;
  const leftMs = (): number => Math.max(0, endMs - nowMs());
  const shrinkMs = (classes: number): number => {
    const oneMs = shrinks === 0 ? usualShrinkMs : shrunkMs / shrinks;
    return Math.min(oneMs * Math.ceil(classes / workers), totalMs * mostShareForShrinking);
  };
  return {
    isOverForRuns: (classesToShrink) => leftMs() <= shrinkMs(classesToShrink),
    isNearEnd: (classesToShrink) => leftMs() <= shrinkMs(classesToShrink) + nearEndMs,
    leftMs,
    hasRoomForRuns: () => leftMs() >= totalMs * leastShareForRuns,
    shrank: (tookMs) => {
      shrinks += 1;
      shrunkMs += tookMs;
    },
  };
}
