/**
 * Timers of the platform (Node or browser). A platform timer holds at most 2³¹ − 1 ms and fires at once beyond that,
 * so longer delays are waited for in pieces.
 */
import type { Timer, Timers } from './ports.ts';

const longestPieceMs = 2 ** 31 - 1;

function schedule(_name: string, delayMs: number, callback: () => void): Timer {
  let handle: ReturnType<typeof setTimeout>;
  const wait = (remainingMs: number): void => {
    const pieceMs = Math.min(remainingMs, longestPieceMs);
    const afterwards = remainingMs > pieceMs ? () => wait(remainingMs - pieceMs) : callback;
    handle = setTimeout(afterwards, pieceMs);
  };
  wait(Math.max(0, delayMs));
  return { cancel: () => clearTimeout(handle) };
}

export const nodeTimers: Timers = { now: () => performance.now(), schedule };
