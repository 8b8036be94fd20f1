/**
 * What waits to be sent to one connection (B6). A reader that falls behind is spared updates and progress until all that waits
 * has been sent, and is given up where that takes too long.
 */
import type { Bounds } from '../protocol/bounds.ts';
import type { Connection, Timer, Timers } from '../runtime/ports.ts';

export interface SendQueue {
  /** Something was handed over; `leadsOn`: behind it there may be more to say of the latest version, which is left out now. */
  sent(leadsOn: boolean): void;
  /** Whether data that a later answer says better are not to be sent now. */
  isBehind(): boolean;
  /** All that was handed over has been sent. */
  drained(): void;
  cancel(): void;
}

export interface SendQueueEvents {
  /** It went over its bound: what its other end says waits. */
  readonly onBehind: () => void;
  /** It has drained; `isStale`: a write or a schema was committed meanwhile. */
  readonly onCaughtUp: (isStale: boolean) => void;
  readonly onTooSlow: () => void;
}

/** The readers of a server that are behind. */
export interface SlowReaders {
  add(reader: SlowReader): void;
  delete(reader: SlowReader): void;
  /** A write or a schema is committed: none of them is told. */
  noteCommit(): void;
}

interface SlowReader {
  isStale: boolean;
  readonly timer: Timer;
}

export function createSlowReaders(): SlowReaders {
  const readers = new Set<SlowReader>();
  return {
    add: (reader) => readers.add(reader),
    delete: (reader) => readers.delete(reader),
    noteCommit: () => {
      for (const reader of readers) reader.isStale = true;
    },
  };
}

export function createSendQueue(
  { label, unsentBytes }: Pick<Connection, 'label' | 'unsentBytes'>,
  { timers, bounds, slowReaders }: { readonly timers: Timers; readonly bounds: Bounds; readonly slowReaders: SlowReaders },
  events: SendQueueEvents,
): SendQueue {
  let behind: SlowReader | undefined;

  function forget(reader: SlowReader): void {
    reader.timer.cancel();
    slowReaders.delete(reader);
  }

  return {
    sent(leadsOn) {
      if (behind !== undefined || unsentBytes() <= bounds.queueBytesMax) return;
      behind = { isStale: leadsOn, timer: timers.schedule(`drain timer of ${label}`, bounds.queueDrainMs, events.onTooSlow) };
      slowReaders.add(behind);
      events.onBehind();
    },
    isBehind: () => behind !== undefined,
    drained() {
      if (behind === undefined) return;
      const { isStale } = behind;
      forget(behind);
      behind = undefined;
      events.onCaughtUp(isStale);
    },
    cancel() {
      if (behind !== undefined) forget(behind);
    },
  };
}
