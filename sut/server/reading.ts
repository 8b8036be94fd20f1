/**
 * How much of a connection may wait for its turn (B5): beyond that nothing more is read of it, so that what its other end sends waits there and not here.
 * Before the acceptance one frame may wait beside the hello, and no more.
 */
import type { Bounds } from '../protocol/bounds.ts';

export interface Reading {
  /** A frame of so many bytes came; it may be that its turn is now. */
  came(bytes: number): void;
  /** Its turn has come. */
  taken(bytes: number): void;
  /** Called after frames came: whether that was enough for now. */
  judge(isAccepted: boolean): void;
}

export interface ReadingPorts {
  pause(): void;
  resume(): void;
}

export function createReading({ framesWaitingMax, bytesWaitingMax }: Bounds, { pause, resume }: ReadingPorts): Reading {
  let frames = 0;
  let bytes = 0;
  let isPaused = false;

  return {
    came(size) {
      frames += 1;
      bytes += size;
    },
    taken(size) {
      frames -= 1;
      bytes -= size;
      if (!isPaused || frames > 0) return;
      isPaused = false;
      resume();
    },
    judge(isAccepted) {
      const isEnough = isAccepted ? frames > framesWaitingMax || bytes > bytesWaitingMax : frames > 0;
      if (isPaused || !isEnough) return;
      isPaused = true;
      pause();
    },
  };
}
