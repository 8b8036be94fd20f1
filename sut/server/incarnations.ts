/**
 * The incarnations of a log (W2): each start of a server on it begins one. What a client heard under one is in this very log
 * where the log knows that incarnation, and it lasted at least until then; what came after its end, in a copy that was taken
 * later or in no log at all, is not.
 */
import type { Heard } from '../protocol/frames.ts';
import type { Random } from '../runtime/ports.ts';
import type { IncarnationEntry, StoredLog } from './storage.ts';

export interface Incarnations {
  /** The id of the present one. */
  current(): string;
  /** Whether a client has heard what is not in this log. One that has heard nothing has not. */
  hasDiverged(heard: Heard | null): boolean;
}

const idBytes = 16;

export function freshIncarnation(random: Pick<Random, 'hex'>, version: number): IncarnationEntry {
  return { kind: 'incarnation', id: random.hex(idBytes), version };
}

/** `current` is appended to the log; it may be so later than this. */
export function createIncarnations({ snapshot, entries }: StoredLog, current: IncarnationEntry): Incarnations {
  const begun = [...(snapshot?.incarnations ?? []), ...entries.filter((entry) => entry.kind === 'incarnation'), current];
  /** Up to which version each lasted; the present one goes on. */
  const ends = new Map(begun.map(({ id }, index) => [id, begun[index + 1]?.version ?? Number.POSITIVE_INFINITY]));
  return {
    current: () => current.id,
    hasDiverged: (heard) => {
      if (heard === null) return false;
      const end = ends.get(heard.incarnation);
      return end === undefined || end < heard.version;
    },
  };
}
