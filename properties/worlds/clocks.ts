/**
 * One monotonic time for all processes, and a wall clock for each: the true one plus the skew it was given plus every
 * jump it made. Timers read the first, tokens are judged by the second, so the two must be able to disagree.
 */
import type { WallClock } from '../../sut/runtime/ports.ts';

/** The true wall clock at monotonic time 0. */
export const wallEpochMs = Date.UTC(2030, 0, 1);

export interface Clocks {
  /** Monotonic milliseconds since the run began. */
  now(): number;
  /** What the monotonic clock of a process shows: behind by the time for which it stood. */
  monotonicMs(process: string): number;
  /** The monotonic clock of a process stood so long. */
  stand(process: string, forMs: number): void;
  moveTo(nowMs: number): void;
  trueWallMs(): number;
  /** Throws a RangeError for a process that is not of this run. */
  wallMs(process: string): number;
  jump(process: string, byMs: number): void;
  wallClock(process: string): WallClock;
}

/** `skewMs` names every process and how far its wall clock is ahead of the true one. */
export function createClocks(skewMs: ReadonlyMap<string, number>): Clocks {
  const aheadMs = new Map(skewMs);
  const behindMs = new Map<string, number>();
  let nowMs = 0;
  const aheadOf = (process: string): number => {
    const ahead = aheadMs.get(process);
    if (ahead === undefined) throw new RangeError(`no process named ${process}`);
    return ahead;
  };
  const wallMs = (process: string): number => wallEpochMs + nowMs + aheadOf(process);
  return {
    now: () => nowMs,
    monotonicMs: (process) => nowMs - (behindMs.get(process) ?? 0),
    stand: (process, forMs) => void behindMs.set(process, (behindMs.get(process) ?? 0) + forMs),
    moveTo: (toMs) => {
      nowMs = toMs;
    },
    trueWallMs: () => wallEpochMs + nowMs,
    wallMs,
    jump: (process, byMs) => void aheadMs.set(process, aheadOf(process) + byMs),
    wallClock: (process) => ({ now: () => wallMs(process) }),
  };
}
