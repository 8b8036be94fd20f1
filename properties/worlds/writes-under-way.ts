/**
 * What a storage was asked to keep and has not kept yet. A write takes effect when its task runs, not when it is asked
 * for: until then a crash may lose it, and a failure may come in its place.
 */
import type { Deferring } from './completions.ts';
import { StorageFailure } from './world.ts';

interface Write {
  readonly effect: () => void;
  readonly canFail: boolean;
  failure: StorageFailure | undefined;
}

export interface WritesUnderWay {
  /** Takes effect, and resolves, when its task runs; first in, first out. */
  begin(effect: () => void, canFail: boolean): Promise<void>;
  /** The first one under way that can fail does so, or else the next; false where that is arranged already. */
  fail(kept: boolean): boolean;
  /** No failure is arranged any more. */
  disarm(): void;
  /**
   * The process died: what is under way is done, all of it and in order, or not at all. Tells whether anything was done.
   * A failure that was arranged for it dies with it; one for the next write awaits the next process.
   */
  crash(keepsTail: boolean): boolean;
}

export function createWritesUnderWay(label: string, completions: Deferring): WritesUnderWay {
  let underWay: Write[] = [];
  let nextFailure: StorageFailure | undefined;

  const takeNextFailure = (): StorageFailure | undefined => {
    const failure = nextFailure;
    nextFailure = undefined;
    return failure;
  };
  return {
    begin: (effect, canFail) => {
      const write: Write = { effect, canFail, failure: canFail ? takeNextFailure() : undefined };
      underWay.push(write);
      return completions.defer(label, () => {
        underWay = underWay.filter((other) => other !== write);
        carryOut(write);
      });
    },
    fail: (kept) => {
      const write = underWay.find((candidate) => candidate.canFail);
      if ((write?.failure ?? nextFailure) !== undefined) return false;
      if (write === undefined) nextFailure = new StorageFailure(kept);
      else write.failure = new StorageFailure(kept);
      return true;
    },
    disarm: () => {
      nextFailure = undefined;
      for (const write of underWay) write.failure = undefined;
    },
    crash: (keepsTail) => {
      const tail = underWay;
      underWay = [];
      if (keepsTail) for (const write of tail) write.effect();
      return keepsTail && tail.length > 0;
    },
  };
}

function carryOut({ effect, failure }: Write): void {
  if (failure === undefined || failure.kept) effect();
  if (failure !== undefined) throw failure;
}
