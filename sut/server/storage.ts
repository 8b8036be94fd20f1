/**
 * Where the server keeps its log. The log is the truth: rows, versions and the last sequence number of each client id
 * follow from it, so a write and its sequence number commit in one append (W1).
 */
import type { Operation } from '../protocol/frames.ts';

/** `version` counts from 1 without gaps. */
export interface LogEntry {
  readonly version: number;
  readonly clientId: string;
  readonly sequence: number;
  readonly operations: readonly Operation[];
}

export interface ServerStorage {
  load(): Promise<readonly LogEntry[]>;
  /** Resolves when the entry is durable. Appends are asked one at a time, in the order of their versions. */
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
