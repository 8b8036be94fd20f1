/**
 * Where the server keeps its log. The log is the truth: rows, schema, versions, rejections and the last sequence number of each
 * client id follow from it, so a write and its sequence number commit in one append (W1, W2, W4).
 */
import type { Operation } from '../protocol/frames.ts';
import type { PlainSchema } from '../schema/types.ts';

/**
 * `version` counts from 1 without gaps, over entries of all kinds. This is format 2; the entries of format 1 lacked `id` and
 * `answered`, and are read all the same: nobody can speak under the client ids that they hold (W6), so nothing is compared with them.
 */
export type LogEntry = WriteEntry | RejectionEntry | SchemaEntry;

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
  readonly error: { readonly name: string; readonly message: string };
}
export interface SchemaEntry {
  readonly kind: 'schema';
  readonly version: number;
  readonly schema: PlainSchema;
}

export interface ServerStorage {
  load(): Promise<readonly LogEntry[]>;
  /** Resolves when the entry is durable; after a rejection it may or may not be. Asked one at a time, in the order of versions. */
  append(entry: LogEntry): Promise<void>;
}

/** The embedded default: gone with the process. */
export function memoryServerStorage(initial: readonly LogEntry[] = []): ServerStorage {
  const entries = [...initial];
  return {
    load: () => Promise.resolve([...entries]),
    append: (entry) => {
      entries.push(entry);
      return Promise.resolve();
    },
  };
}
