/** One fetch of a key set, given up after its time: what comes later counts as nothing. What comes is a good set or a problem (S11). */
import type { Timers } from '../runtime/ports.ts';
import { type HeldKeys, isKeySet, keysOf } from './keys.ts';

export type Fetched = { readonly keys: HeldKeys } | { readonly problem: unknown };

export interface KeyFetchOptions {
  readonly timers: Timers;
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly timeoutMs: number;
}

/** A set without a key that could verify anything is none: a provider that serves it is broken, and has not withdrawn everything. */
function judged(set: unknown): Fetched {
  if (!isKeySet(set)) return { problem: new Error('What was fetched is no key set.') };
  const keys = keysOf(set);
  return keys.size === 0 ? { problem: new Error('The key set that was fetched holds no key to verify with.') } : { keys };
}

/** Concludes once, unless the returned function is called before: then never. */
export function beginKeyFetch(
  fetch: () => Promise<unknown>,
  { timers, complete, timeoutMs }: KeyFetchOptions,
  conclude: (fetched: Fetched) => void,
): () => void {
  const beganMs = timers.now();
  let isOver = false;
  const cancel = (): void => {
    isOver = true;
    timer.cancel();
  };
  const end = (fetched: Fetched): void => {
    if (isOver) return;
    cancel();
    conclude(fetched);
  };
  const late: Fetched = { problem: new Error('The fetch took too long.') };
  const timer = timers.schedule('key set timeout timer', timeoutMs, () => end(late));
  // Called within a promise, so that what it throws at once is a rejection too.
  complete('key set fetch', async () => fetch()).then(
    (set) => end(timers.now() - beganMs < timeoutMs ? judged(set) : late),
    (problem: unknown) => end({ problem }),
  );
  return cancel;
}
