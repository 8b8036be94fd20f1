/**
 * The durable log of a run's server, which outlives its processes. A batch is durable when the task `server append` has
 * run, but for the first one, with which the run begins. Of one whose outcome is unknown the first entries may be there. A compaction comes about by a task of the same
 * name, whole or not at all. The beginning of an incarnation never fails here. What is kept and what is handed out are copies: nothing that a process does to its objects reaches the log.
 */

import { createKeptSnapshot } from '../../sut/server/snapshot.ts';
import type { LogEntry, ServerStorage, StoredLog } from '../../sut/server/storage.ts';
import { append, load } from '../language/labels.ts';
import type { Deferring } from './completions.ts';
import { compactionUnderWay, createWritesUnderWay, type WritesUnderWay } from './writes-under-way.ts';

/** A storage, and what can happen to it. */
export interface DurableServerStorage extends ServerStorage {
  readonly writes: WritesUnderWay;
  /** What it holds at this moment, durable. */
  copy(): StoredLog;
  /** It holds that instead of all that there was. No process uses it meanwhile. */
  restore(copied: StoredLog): void;
}

export function createServerStorage(
  initialLog: readonly LogEntry[],
  completions: Deferring,
  note: (port: string) => void,
): DurableServerStorage {
  let log: StoredLog = { snapshot: null, entries: [...initialLog] };
  const writes = createWritesUnderWay(append, completions);
  let isLoaded = false;
  let isBegun = false;
  const read = (): StoredLog => structuredClone(log);
  return {
    writes,
    load: () => {
      note('server storage');
      if (isLoaded) return completions.defer(load, read);
      isLoaded = true;
      return Promise.resolve(read());
    },
    append: (batch) => {
      const kept = structuredClone(batch);
      const isIncarnation = kept.some(({ kind }) => kind === 'incarnation');
      const isFirst = isIncarnation && !isBegun;
      isBegun = true;
      const effects = kept.map((entry) => () => {
        log = { ...log, entries: [...log.entries, entry] };
      });
      if (!isFirst) return writes.begin(isIncarnation ? 'incarnation' : 'append', ...effects);
      for (const effect of effects) effect();
      return Promise.resolve();
    },
    compact: (compaction) => {
      const kept = structuredClone(compaction);
      return writes.begin(compactionUnderWay, () => {
        const snapshot = createKeptSnapshot(log.snapshot);
        snapshot.take(kept);
        log = { snapshot: snapshot.read(), entries: [] };
      });
    },
    copy: read,
    restore: (copied) => {
      log = structuredClone(copied);
    },
  };
}
