/** How many writes wait for the server's answer, and who hears when that changes: what an application asks before it signs somebody out (W5, S10). */
import { createListeners, type Listeners } from './listeners.ts';
import type { Turns } from './turns.ts';

export interface PendingCount {
  /** Undefined until storage has been read. */
  now(): number | undefined;
  readonly onChange: Listeners<number>;
  /** The writes may differ: told where their number does. */
  update(): void;
}

export function createPendingCount(turns: Turns, now: () => number | undefined): PendingCount {
  const onChange = createListeners<number>(turns);
  let told: number | undefined;
  return {
    now,
    onChange,
    update: () => {
      const count = now();
      if (count === undefined || count === told) return;
      told = count;
      onChange.tell(count);
    },
  };
}
