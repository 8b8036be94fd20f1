/**
 * Where the server keeps its log. The log is the truth: rows, schema, versions, rejections and the last sequence number of each
 * client id follow from it, so a write and its sequence number commit in one entry (W1, W2, W4). A snapshot may stand for its first entries (W2).
 */
import type { Operation } from '../protocol/frames.ts';
import type { PlainSchema } from '../schema/types.ts';
import type { Rejection } from './rejection.ts';
import { type Compaction, createKeptSnapshot, type Snapshot } from './snapshot.ts';

export type { Rejection };

/**
 * `version` counts from 1 without gaps, over entries of all kinds but incarnations, which take none. This is format 2; the entries of format 1 lacked `id` and
 * `answered`, and are read all the same: nobody can speak under the client ids that they hold (W6), so nothing is compared with them.
 */
export type LogEntry = VersionedEntry | IncarnationEntry;
/** An entry that takes a version. */
export type VersionedEntry = WriteEntry | RejectionEntry | SchemaEntry;

export interface WriteEntry {
  readonly kind: 'write';
  readonly version: number;
  readonly clientId: string;
  readonly sequence: number;
  /** The write's own id: what tells it from every other, whatever number it has. */
  readonly id: string;
  /** Up to which number the client had been answered when it sent the write. */
  readonly answered: number;
  readonly operations: readonly Operation[];
}
/** A write that was refused: its sequence number is used up, its rows are as they were. */
export interface RejectionEntry {
  readonly kind: 'rejection';
  readonly version: number;
  readonly clientId: string;
  readonly sequence: number;
  readonly id: string;
  readonly answered: number;
  readonly error: Rejection;
}
export interface SchemaEntry {
  readonly kind: 'schema';
  readonly version: number;
  readonly schema: PlainSchema;
}

/** A server began on the log (W2): what follows, up to the next of these, was appended by it. */
export interface IncarnationEntry {
  readonly kind: 'incarnation';
  /** That of the entry before it. */
  readonly version: number;
  /** 128 random bits in hexadecimal, never used before. */
  readonly id: string;
}

/** All that there is of a log. */
export interface StoredLog {
  /** null: no entry was compacted yet. */
  readonly snapshot: Snapshot | null;
  /** Those behind it, in order. */
  readonly entries: readonly LogEntry[];
}

export interface ServerStorage {
  load(): Promise<StoredLog>;
  /**
   * Takes a batch, and resolves when all its entries are durable. Asked for one batch at a time, in the order of versions. What is read is written by one
   * server at a time. How it rejects tells what came of it:
   *
   * - with an error named `StorageRefusedError`: nothing of the batch is kept, since the entry at its `index`, counted from 0, can never be. The others are
   *   asked for again without it. A write is answered with a rejection, an entry that holds nothing of it but client id, number and write id; a
   *   storage that refuses that, too, is as good as one that fails.
   * - with an error named `StorageFullError`: nothing of the batch is kept, since there is no space. It is asked again, after 1 s and ever more seldom, up to once a minute.
   * - with anything else, as after a crash, any number of entries may be there, the first ones and in their order. The log is loaded again.
   */
  append(batch: readonly LogEntry[]): Promise<void>;
  /**
   * Brings the snapshot up to date with all entries that there are, and drops these, in one step: after a rejection, as after a crash, it is done or not, and it
   * may be asked for again. Asked for between batches alone.
   */
  compact(compaction: Compaction): Promise<void>;
}

/** The embedded default: gone with the process. It holds rows and what lies behind the snapshot, not all that was ever written. */
export function memoryServerStorage(initial: readonly LogEntry[] | StoredLog = []): ServerStorage {
  const given = 'snapshot' in initial ? initial : { snapshot: null, entries: initial };
  const snapshot = createKeptSnapshot(given.snapshot);
  let entries = [...given.entries];
  return {
    load: () => Promise.resolve({ snapshot: snapshot.read(), entries: [...entries] }),
    append: (batch) => {
      entries.push(...batch);
      return Promise.resolve();
    },
    compact: (compaction) => {
      snapshot.take(compaction);
      entries = [];
      return Promise.resolve();
    },
  };
}
