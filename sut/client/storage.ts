/** Where a client keeps its identity, its outbox and its cache: what it finds again after a crash (W1, W5, K1, K2). */
import type { Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';

export interface OutboxEntry {
  readonly sequence: number;
  readonly operations: readonly Operation[];
}
/** What a subscription to one query held last. */
export interface CachedResult {
  /** The query, as canonical text. */
  readonly query: string;
  readonly version: number;
  readonly rows: readonly StoredRow[];
}
export interface StoredClient {
  readonly clientId: string;
  readonly outbox: readonly OutboxEntry[];
  /** The sequence number that the next write takes. */
  readonly nextSequence: number;
  readonly cache: readonly CachedResult[];
}

export interface ClientStorage {
  /** What was kept, or undefined for a client that never was. */
  load(): Promise<StoredClient | undefined>;
  identify(clientId: string): Promise<void>;
  /** Resolves when the write is kept; calls are made in order of `sequence`. */
  enqueue(entry: OutboxEntry): Promise<void>;
  /** Forgets the write; it was acknowledged or rejected. */
  dequeue(sequence: number): Promise<void>;
  /**
   * Keeps the result of a query in place of what was kept for it; behind a clear, once that is done. Nobody waits for it, and what it reports is only logged.
   * So calls for one query may overlap: the last one asked for must be the one that stays.
   */
  remember(result: CachedResult): Promise<void>;
  /** Forgets everything and goes on as that client: all of it or nothing. Takes effect after what was asked for before it. */
  clear(clientId: string): Promise<void>;
}

/** The embedded default: gone with the process. */
export function memoryClientStorage(): ClientStorage {
  let clientId: string | undefined;
  let nextSequence = 1;
  const outbox: OutboxEntry[] = [];
  const cache = new Map<string, CachedResult>();
  return {
    load: () =>
      Promise.resolve(clientId === undefined ? undefined : { clientId, outbox: [...outbox], nextSequence, cache: [...cache.values()] }),
    identify: (id) => {
      clientId = id;
      return Promise.resolve();
    },
    enqueue: (entry) => {
      outbox.push(entry);
      nextSequence = entry.sequence + 1;
      return Promise.resolve();
    },
    dequeue: (sequence) => {
      const at = outbox.findIndex((entry) => entry.sequence === sequence);
      if (at >= 0) outbox.splice(at, 1);
      return Promise.resolve();
    },
    remember: (result) => {
      cache.set(result.query, result);
      return Promise.resolve();
    },
    clear: (id) => {
      clientId = id;
      nextSequence = 1;
      outbox.length = 0;
      cache.clear();
      return Promise.resolve();
    },
  };
}
