/**
 * The durable log of a run's server, which outlives its processes. A batch is durable when the task `server append` has
 * run, but for the first one, with which the run begins. Of one whose outcome is unknown the first entries may be there. A compaction comes about by a task of the same
 * name, whole or not at all. The beginning of an incarnation never fails here. What is kept and what is handed out are copies: nothing that a process does to its objects reaches the log.
 */

import { createKeptSnapshot } from '../../sut/server/snapshot.ts';
import type { LogEntry, ServerStorage, StoredLog } from '../../sut/server/storage.ts';
import { StorageFullError, StorageRefusedError } from '../../sut/storage/errors.ts';
import { append, load } from '../language/labels.ts';
import type { Deferring } from './completions.ts';
import { compactionUnderWay, createWritesUnderWay, type WritesUnderWay } from './writes-under-way.ts';

/** A storage, and what can happen to it. */
export interface DurableServerStorage extends ServerStorage {
  readonly writes: WritesUnderWay;
  /** See `World.refuseEntry` and `World.setSpace`. */
  refuse(place: number): boolean;
  setSpace(hasSpace: boolean): boolean;
  /** Refuses nothing any more, and has space. */
  disarm(): void;
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
  let refusedPlace: number | null = null;
  let hasSpace = true;
  /** Why nothing of the batch is kept, when storage comes to it. */
  const troubleWith = (batch: readonly LogEntry[]): Error | undefined => {
    const index = refusedPlace === null ? -1 : batch.slice(0, refusedPlace).findLastIndex(isRefusable);
    if (index >= 0) {
      refusedPlace = null;
      return new StorageRefusedError(index);
    }
    return hasSpace ? undefined : new StorageFullError('the storage has no space');
  };
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
      if (isIncarnation && !isFirst) return writes.begin('incarnation', ...effects);
      if (!isFirst) return writes.beginUnless(() => troubleWith(kept), 'append', ...effects);
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
    refuse: (place) => {
      if (refusedPlace !== null) return false;
      refusedPlace = place;
      return true;
    },
    setSpace: (has) => {
      if (hasSpace === has) return false;
      hasSpace = has;
      return true;
    },
    disarm: () => {
      refusedPlace = null;
      hasSpace = true;
    },
    copy: read,
    restore: (copied) => {
      log = structuredClone(copied);
    },
  };
}

/** A rejection that holds nothing of its write but number and id is taken by every storage. */
function isRefusable(entry: LogEntry): boolean {
  return entry.kind !== 'incarnation' && (entry.kind !== 'rejection' || entry.error.name !== 'StorageRefusedError');
}
