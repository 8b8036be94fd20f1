/**
 * What is known of the writes of one client id (W1): which numbers are used up, and by which writes. Ids of writes are
 * compared, never contents, since a copy of a client may make the very same write. Only the latest are remembered; of an
 * older one it is not known any more whether it is in the log.
 */
import type { SnapshotClient } from './snapshot.ts';
import type { Rejection, RejectionEntry, WriteEntry } from './storage.ts';

/** How many of the latest writes of a client id are remembered unless told otherwise. */
export const writeIdsKeptByDefault = 1_024;

/** A bound as it may be asked for; the usual one without. @throws RangeError for what bounds nothing */
export function writeIdsKeptOf(asked: number | undefined): number {
  const kept = asked ?? writeIdsKeptByDefault;
  if (Number.isSafeInteger(kept) && kept > 0) return kept;
  throw new RangeError(`writeIdsKept must be a whole number of writes, at least 1, not ${kept}`);
}

/** What there is to say of a write under a number that is used up. */
export type Recalled =
  | { readonly found: 'committed'; readonly version: number }
  | { readonly found: 'rejected'; readonly version: number; readonly error: Rejection }
  /** It may be in the log or not: it is too old, or its client was told already why it was rejected. */
  | { readonly found: 'unknown'; readonly version: number }
  /** The number belongs to another write. */
  | { readonly found: 'another' };

export interface SaidWrite {
  readonly sequence: number;
  readonly id: string;
  /** It may have been sent before. */
  readonly resent: boolean;
}

export interface WriteHistory {
  /** 0 for a client id that never wrote. */
  lastSequence(): number;
  recall(write: SaidWrite): Recalled;
  note(entry: WriteEntry | RejectionEntry): void;
  /** The client was answered up to that number: why a write up to there was rejected need not be told again. */
  noteAnswered(upTo: number): void;
  /** Up to where the writes in the log say so. */
  answeredInLog(): number;
}

interface Remembered {
  readonly id: string;
  readonly version: number;
  readonly isRejected: boolean;
  /** Undefined where its client has heard it. */
  readonly error: Rejection | undefined;
}

/** `before`: what a snapshot says of them. */
export function createWriteHistory(writeIdsKept: number, before?: SnapshotClient): WriteHistory {
  const remembered = new Map<number, Remembered>();
  let lastSequence = before?.lastSequence ?? 0;
  let answered = before?.answered ?? 0;
  let answeredInLog = answered;
  for (const { sequence, id, version, error } of before?.writes ?? []) {
    if (sequence <= lastSequence - writeIdsKept) continue;
    remembered.set(sequence, {
      id,
      version,
      isRejected: error !== null,
      error: error === null || sequence <= answered ? undefined : error,
    });
  }

  function noteAnswered(upTo: number): void {
    for (; answered < Math.min(upTo, lastSequence); answered += 1) {
      const write = remembered.get(answered + 1);
      if (write?.error !== undefined) remembered.set(answered + 1, { ...write, error: undefined });
    }
  }

  /** No write that is forgotten was later. */
  function oldestVersion(): number {
    const [oldest] = remembered.values();
    return oldest?.version ?? 0;
  }

  return {
    lastSequence: () => lastSequence,
    recall: ({ sequence, id, resent }) => {
      const write = remembered.get(sequence);
      // One that was never sent before cannot be in the log.
      if (write === undefined) return resent ? { found: 'unknown', version: oldestVersion() } : { found: 'another' };
      if (write.id !== id) return { found: 'another' };
      const { version, isRejected, error } = write;
      if (!isRejected) return { found: 'committed', version };
      return error === undefined ? { found: 'unknown', version } : { found: 'rejected', version, error };
    },
    note: (entry) => {
      const { sequence, id, kind, version } = entry;
      noteAnswered(entry.answered);
      answeredInLog = Math.max(answeredInLog, Math.min(entry.answered, lastSequence));
      lastSequence = sequence;
      remembered.set(sequence, { id, version, isRejected: kind === 'rejection', error: kind === 'rejection' ? entry.error : undefined });
      remembered.delete(sequence - writeIdsKept);
    },
    noteAnswered,
    answeredInLog: () => answeredInLog,
  };
}
