/** When shrinking is broken off: where the time is up, and after an interruption, which leaves the smallest class alone a while. */
import type { ScriptPool } from './script-pool.ts';

/** How long after an interruption the smallest is shrunk. */
const patienceMs = 10_000;

export interface ShrinkLimits {
  /** Why the class of that place is not to be shrunk; null: it is. */
  refuses(place: number): string | null;
  /** The class of that place is done with. */
  ended(place: number): void;
  /** Why shrinking was broken off; null: it was not. */
  stopped(): string | null;
  /** Shrinking is over: nothing is broken off any more. */
  over(): void;
}

export interface ShrinkLimitOptions {
  readonly pool: () => ScriptPool;
  readonly signal: AbortSignal | undefined;
  /** May be infinite. */
  readonly leftMs: number;
}

export function limitShrinking({ pool, signal, leftMs }: ShrinkLimitOptions): ShrinkLimits {
  const timers: NodeJS.Timeout[] = [];
  let why: string | null = null;
  let smallestEnded = false;
  const stop = (reason: string): void => {
    why ??= reason;
    void pool().terminate();
  };
  const onAbort = (): void => {
    if (smallestEnded) stop('interrupted');
    else timers.push(setTimeout(() => stop('interrupted'), patienceMs));
  };
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort);
  if (leftMs !== Number.POSITIVE_INFINITY) timers.push(setTimeout(() => stop('the time was up'), leftMs));
  return {
    refuses: (place) => why ?? (signal?.aborted === true && place > 0 ? 'interrupted' : null),
    ended: (place) => {
      if (place > 0) return;
      smallestEnded = true;
      if (signal?.aborted === true) stop('interrupted');
    },
    stopped: () => why,
    over: () => {
      signal?.removeEventListener('abort', onAbort);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
