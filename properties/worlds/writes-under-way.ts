/**
 * What a storage was asked to keep and has not kept yet. A write takes effect when its task runs, not when it is asked
 * for: until then a crash may lose it, and a failure may come in its place. What is done at the call fails at the call.
 */
import type { Deferring } from './completions.ts';
import { StorageFailure } from './world.ts';

interface Write {
  readonly effect: () => void;
  readonly operation: string;
  failure: StorageFailure | undefined;
}

export interface WritesUnderWay {
  /** Takes effect, and resolves, when its task runs; first in, first out. */
  begin(operation: string, effect: () => void): Promise<void>;
  /** For what is done at the call. @throws StorageFailure where the next of that operation is to fail */
  failNow(operation: string): void;
  /** The first of that operation that is under way fails, or else the next; false where that is arranged already. */
  fail(operation: string, kept: boolean): boolean;
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
  const nextFailures = new Map<string, StorageFailure>();

  const takeNextFailure = (operation: string): StorageFailure | undefined => {
    const failure = nextFailures.get(operation);
    nextFailures.delete(operation);
    return failure;
  };
  return {
    begin: (operation, effect) => {
      const write: Write = { effect, operation, failure: takeNextFailure(operation) };
      underWay.push(write);
      return completions.defer(label, () => {
        underWay = underWay.filter((other) => other !== write);
        carryOut(write);
      });
    },
    failNow: (operation) => {
      const failure = takeNextFailure(operation);
      if (failure !== undefined) throw failure;
    },
    fail: (operation, kept) => {
      const write = underWay.find((candidate) => candidate.operation === operation);
      if ((write?.failure ?? nextFailures.get(operation)) !== undefined) return false;
      if (write === undefined) nextFailures.set(operation, new StorageFailure(kept));
      else write.failure = new StorageFailure(kept);
      return true;
    },
    disarm: () => {
      nextFailures.clear();
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
