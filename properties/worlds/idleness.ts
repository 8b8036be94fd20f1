/**
 * Clients whose process does not run as it should: asleep, as a laptop with its lid closed, so that nothing of it happens
 * at all; or with timers that run once a minute, as those of a hidden browser tab.
 */
import { refreshTimeoutOf, toClient } from '../language/labels.ts';
import { processOf } from './labels.ts';

/** Whether the monotonic clock of a process goes on while it sleeps; systems differ, and browsers too. */
export type SleepingClock = 'runs' | 'stands';

export interface Sleep {
  readonly sinceMs: number;
  readonly clock: SleepingClock;
}

export interface Idleness {
  /** False for one that sleeps already. */
  sleep(client: string, sleep: Sleep): boolean;
  /** Undefined for one that is awake. */
  wake(client: string): Sleep | undefined;
  isAsleep(client: string): boolean;
  /** Whether what bears the label would happen at a client that sleeps. */
  isOfSleeper(label: string): boolean;
  /** False where that changes nothing. */
  throttle(client: string, isThrottled: boolean): boolean;
  /** When a timer that is due then fires. */
  firesMs(label: string, dueMs: number): number;
  /** That process is gone; the next one is awake, and in sight. */
  forget(client: string): void;
}

const throttledToMs = 60_000;

export function createIdleness(clients: readonly string[]): Idleness {
  const asleep = new Map<string, Sleep>();
  const throttled = new Set<string>();
  // As with holds: nobody could tell by when a call of the handler is over.
  const exempt = new Set(clients.map(refreshTimeoutOf));
  const clientOfLink = new Map(clients.map((client) => [toClient(client), client]));
  return {
    sleep: (client, sleep) => {
      if (asleep.has(client)) return false;
      asleep.set(client, sleep);
      return true;
    },
    wake: (client) => {
      const sleep = asleep.get(client);
      asleep.delete(client);
      return sleep;
    },
    isAsleep: (client) => asleep.has(client),
    isOfSleeper: (label) => asleep.size > 0 && asleep.has(clientOfLink.get(label) ?? processOf(label)),
    throttle: (client, isThrottled) => {
      if (throttled.has(client) === isThrottled) return false;
      if (isThrottled) throttled.add(client);
      else throttled.delete(client);
      return true;
    },
    firesMs: (label, dueMs) =>
      throttled.size > 0 && throttled.has(processOf(label)) && !exempt.has(label)
        ? Math.ceil(dueMs / throttledToMs) * throttledToMs
        : dueMs,
    forget: (client) => {
      asleep.delete(client);
      throttled.delete(client);
    },
  };
}
