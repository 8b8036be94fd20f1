/**
 * What a storage was asked to keep and has not kept yet. A write takes effect when its task runs, not when it is asked
 * for: until then a crash may lose it, and a failure may come in its place. What is done at the call fails at the call.
 */
import type { Deferring } from './completions.ts';
import { StorageFailure } from './world.ts';

interface Write {
  /** In order: a crash, or a failure, may leave the first ones done. */
  readonly effects: readonly (() => void)[];
  readonly operation: string;
  /** Why nothing of it is done, asked when its task runs. */
  readonly trouble: () => Error | undefined;
  failure: StorageFailure | undefined;
}

/** What changes nothing of what storage says, and so counts for nothing. */
export const compactionUnderWay = 'compaction';

export interface WritesUnderWay {
  /** Takes effect, and resolves, when its task runs; first in, first out. */
  begin(operation: string, ...effects: readonly (() => void)[]): Promise<void>;
  /** As `begin`; unless there is trouble when its task runs: then it fails with that, and nothing of it is done. */
  beginUnless(trouble: () => Error | undefined, operation: string, ...effects: readonly (() => void)[]): Promise<void>;
  /** For what is done at the call. @throws StorageFailure where the next of that operation is to fail */
  failNow(operation: string): void;
  /** The first of that operation that is under way fails, or else the next; so many of its effects are done all the same. False where that is arranged already. */
  fail(operation: string, kept: number): boolean;
  isUnderWay(operation: string): boolean;
  /** No failure is arranged any more. */
  disarm(): void;
  /**
   * The process died: what is under way is done, in order and up to that many effects, or not at all. Tells how many were done, a compaction left out.
   * A failure that was arranged for it dies with it; one for the next write awaits the next process.
   */
  crash(kept: number): number;
}

export function createWritesUnderWay(label: string, completions: Deferring): WritesUnderWay {
  let underWay: Write[] = [];
  const nextFailures = new Map<string, StorageFailure>();

  const takeNextFailure = (operation: string): StorageFailure | undefined => {
    const failure = nextFailures.get(operation);
    nextFailures.delete(operation);
    return failure;
  };
  const beginUnless: WritesUnderWay['beginUnless'] = (trouble, operation, ...effects) => {
    const write: Write = { effects, operation, trouble, failure: takeNextFailure(operation) };
    underWay.push(write);
    return completions.defer(label, () => {
      underWay = underWay.filter((other) => other !== write);
      carryOut(write);
    });
  };
  return {
    begin: (operation, ...effects) => beginUnless(() => undefined, operation, ...effects),
    beginUnless,
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
    isUnderWay: (operation) => underWay.some((write) => write.operation === operation),
    disarm: () => {
      nextFailures.clear();
      for (const write of underWay) write.failure = undefined;
    },
    crash: (kept) => {
      const tail = underWay.flatMap(({ effects, operation }) => effects.map((effect) => ({ effect, operation }))).slice(0, kept);
      underWay = [];
      for (const { effect } of tail) effect();
      return tail.filter(({ operation }) => operation !== compactionUnderWay).length;
    },
  };
}

function carryOut({ effects, failure, trouble }: Write): void {
  const refusal = failure === undefined ? trouble() : undefined;
  if (refusal !== undefined) throw refusal;
  for (const effect of effects.slice(0, failure?.kept)) effect();
  if (failure !== undefined) throw failure;
}
