/**
 * The ambient timers of one process, on the timers of the world. Two kinds of timers are told apart by their delay:
 *
 * - Up to `batchingMs` a timer is about batching, not about time (the server flushes every 10 ms, the client waits 20 ms
 *   for more commits). It is a task at once, so that what it races against is decided by the schedule.
 * - Any other keeps its time, and what Node makes of a delay that is no 32-bit number: 1 ms.
 *
 * An interval whose last tick did nothing sleeps until something happens in its process: without that, hours of virtual
 * time would be millions of empty ticks. A tick that did nothing does nothing again as long as nothing else ran.
 */
import type { Timer, Timers } from '../runtime/ports.ts';

export const batchingMs = 20;
const longestMs = 2 ** 31 - 1;

export interface Ticks {
  setTimeout(callback: (...parameters: unknown[]) => void, delayMs?: unknown, ...parameters: unknown[]): Handle;
  setInterval(callback: (...parameters: unknown[]) => void, delayMs?: unknown, ...parameters: unknown[]): Handle;
  clear(handle: unknown): void;
  /** Something happened in the process: intervals that sleep wake up. */
  wake(): void;
}

/** As Node gives it: nothing of a run is kept alive by it. */
export interface Handle {
  ref(): Handle;
  unref(): Handle;
  hasRef(): boolean;
  [Symbol.toPrimitive](): number;
}

export type TimerKind = 'batching' | 'once' | 'interval';

export interface TicksOptions {
  readonly timers: Timers;
  /** Intervals keep to it: a jump of the wall clock moves no tick. */
  readonly monotonicNow: () => number;
  /** What a timer of that kind, set now, is called. */
  readonly nameOf: (kind: TimerKind) => string;
  /** Counts what the process did to the outside. */
  readonly deeds: () => number;
  /** Runs a callback of the process, which wakes its intervals. */
  readonly enter: (work: () => void) => void;
}

interface Live {
  cancel(): void;
}
interface Interval extends Live {
  wake(): void;
}

export function createTicks({ timers, monotonicNow, nameOf, deeds, enter }: TicksOptions): Ticks {
  const live = new Map<number, Live>();
  const intervals = new Map<number, Interval>();
  let handles = 0;

  const handleOf = (create: (id: number) => Live): Handle => {
    handles += 1;
    const id = handles;
    live.set(id, create(id));
    const handle: Handle = { ref: () => handle, unref: () => handle, hasRef: () => false, [Symbol.toPrimitive]: () => id };
    return handle;
  };
  const forget = (id: number): void => {
    live.delete(id);
    intervals.delete(id);
  };
  const startInterval = (id: number, delayMs: number, call: () => void): Interval => {
    const isBatching = delayMs <= batchingMs;
    const name = nameOf(isBatching ? 'batching' : 'interval');
    const beganMs = monotonicNow();
    let timer: Timer | undefined;
    const arm = (): void => {
      const elapsedMs = monotonicNow() - beganMs;
      const nextMs = isBatching ? 0 : delayMs - (elapsedMs % delayMs);
      timer = timers.schedule(name, nextMs, tick);
    };
    const tick = (): void => {
      timer = undefined;
      const before = deeds();
      call();
      if (deeds() !== before) wake();
    };
    const interval = {
      cancel: () => timer?.cancel(),
      wake: () => {
        if (timer === undefined) arm();
      },
    };
    intervals.set(id, interval);
    arm();
    return interval;
  };

  const wake = (): void => {
    for (const interval of intervals.values()) interval.wake();
  };

  return {
    setTimeout: (callback, delay, ...parameters) => {
      const delayMs = millisecondsOf(delay);
      const isBatching = isBatchingDelay(delay);
      const name = nameOf(isBatching ? 'batching' : 'once');
      return handleOf((id) =>
        timers.schedule(name, isBatching ? 0 : delayMs, () => {
          forget(id);
          enter(() => callback(...parameters));
        }),
      );
    },
    setInterval: (callback, delay, ...parameters) => {
      const delayMs = millisecondsOf(delay);
      return handleOf((id) => startInterval(id, delayMs, () => callback(...parameters)));
    },
    clear: (handle) => {
      const id = typeof handle === 'object' && handle !== null ? Number(handle) : Number.NaN;
      live.get(id)?.cancel();
      forget(id);
    },
    wake,
  };
}

/** A delay beyond 2³¹ − 1 ms, or one that is no number, is 1 ms (Node). */
function millisecondsOf(delay: unknown): number {
  const asked = Number(delay);
  return asked >= 1 && asked <= longestMs ? Math.trunc(asked) : 1;
}

/** One that overflowed was meant to be long, and is no batching. */
function isBatchingDelay(delay: unknown): boolean {
  const asked = delay === undefined ? 0 : Number(delay);
  return asked >= 0 && asked <= batchingMs;
}
