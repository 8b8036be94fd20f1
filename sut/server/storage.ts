/**
 * Where the server keeps its log. The log is the truth: rows, schema, versions, rejections and the last sequence number of each
 * client id follow from it, so a write and its sequence number commit in one entry (W1, W2, W4).
 */
import type { Operation } from '../protocol/frames.ts';
import type { PlainSchema } from '../schema/types.ts';

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
/** Why a write was refused. */
export interface Rejection {
  readonly name: string;
  readonly message: string;
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

export interface ServerStorage {
  load(): Promise<readonly LogEntry[]>;
  /**
   * Takes a batch, and resolves when all its entries are durable. After a rejection, as after a crash, any number of them may be there, the first ones and in
   * their order. Asked for one batch at a time, in the order of versions. What is read is written by one server at a time.
   */
  append(batch: readonly LogEntry[]): Promise<void>;
}

/** The embedded default: gone with the process. */
export function memoryServerStorage(initial: readonly LogEntry[] = []): ServerStorage {
  const entries = [...initial];
  return {
    load: () => Promise.resolve([...entries]),
    append: (batch) => {
      entries.push(...batch);
      return Promise.resolve();
    },
  };
}
