/**
 * The durable log of a run's server, which outlives its processes. An entry is durable when the task `server append` has
 * run. What is kept and what is handed out are copies: nothing that a process does to its objects reaches the log.
 */

import type { LogEntry, ServerStorage } from '../../sut/server/storage.ts';
import { append, load } from '../language/labels.ts';
import type { Deferring } from './completions.ts';
import { createWritesUnderWay, type WritesUnderWay } from './writes-under-way.ts';

/** A storage, and what can happen to it. */
export interface DurableServerStorage extends ServerStorage {
  readonly writes: WritesUnderWay;
}

export function createServerStorage(
  initialLog: readonly LogEntry[],
  completions: Deferring,
  note: (port: string) => void,
): DurableServerStorage {
  const log: LogEntry[] = [...initialLog];
  const writes = createWritesUnderWay(append, completions);
  let isLoaded = false;
  const read = (): readonly LogEntry[] => structuredClone(log);
  return {
    writes,
    load: () => {
      note('server storage');
      if (isLoaded) return completions.defer(load, read);
      isLoaded = true;
      return Promise.resolve(read());
    },
    append: (entry) => {
      const kept = structuredClone(entry);
      return writes.begin(() => {
        log.push(kept);
      }, true);
    },
  };
}
