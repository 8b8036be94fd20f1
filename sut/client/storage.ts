/** Where a client keeps its secret, its outbox, its cache, and what it heard of the log: what it finds again after a crash (W1, W2, W5, W6, K1, K2). */
import type { Heard, Operation } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';

export interface OutboxEntry {
  readonly sequence: number;
  /** The write's own id, which it keeps under whatever number: 128 random bits in hexadecimal. */
  readonly id: string;
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
  readonly format: 2;
  /** From it the client's id follows. Whoever has it can write as this client. */
  readonly secret: string;
  readonly outbox: readonly OutboxEntry[];
  /** The sequence number that the next write takes. */
  readonly nextSequence: number;
  readonly cache: readonly CachedResult[];
  /** Null or absent: nothing. */
  readonly heard?: Heard | null | undefined;
}
/** What a client of protocol 1 kept. It is read and upgraded: secret and ids of writes are made, and numbers begin from 1. */
export interface StoredClientOfFormat1 {
  readonly format?: undefined;
  readonly clientId: string;
  readonly outbox: readonly Omit<OutboxEntry, 'id'>[];
  readonly nextSequence: number;
  readonly cache: readonly CachedResult[];
}

export interface ClientStorage {
  /** What was kept, or undefined for a client that never was. */
  load(): Promise<StoredClient | StoredClientOfFormat1 | undefined>;
  identify(secret: string): Promise<void>;
  /** Resolves when the write is kept; calls are made in order of `sequence`. */
  enqueue(entry: OutboxEntry): Promise<void>;
  /** Forgets the write of that id; it was acknowledged or rejected. */
  dequeue(id: string): Promise<void>;
  /**
   * Goes on under that secret, with that outbox in place of the one there was; the cache, and what was heard, stay. All of it or nothing. The
   * next write takes the number after the last of them.
   */
  replace(secret: string, outbox: readonly OutboxEntry[]): Promise<void>;
  /**
   * Keeps the result of a query in place of what was kept for it; behind a clear, once that is done. Nobody waits for it, and what it reports is only logged.
   * So calls for one query may overlap: the last one asked for must be the one that stays.
   */
  remember(result: CachedResult): Promise<void>;
  /** Forgets the result of a query, as `remember` keeps one: it takes its place among those calls. */
  forget(query: string): Promise<void>;
  /**
   * Keeps what was heard of the log, in place of what was kept of that; behind a clear, once that is done. What is to be
   * forgotten or remembered because of it is asked for when it has resolved: it must be durable by then (W2, K3).
   */
  hear(heard: Heard): Promise<void>;
  /**
   * Forgets everything and goes on under that secret, with that outbox: all of it or nothing. Takes effect after what was asked
   * for before it. The next write takes the number after the last of them.
   */
  clear(secret: string, outbox: readonly OutboxEntry[]): Promise<void>;
}

/** The embedded default: gone with the process. */
export function memoryClientStorage(): ClientStorage {
  let secret: string | undefined;
  let nextSequence = 1;
  let outbox: readonly OutboxEntry[] = [];
  let heard: Heard | null = null;
  const cache = new Map<string, CachedResult>();
  return {
    load: () =>
      Promise.resolve(secret === undefined ? undefined : { format: 2, secret, outbox, nextSequence, cache: [...cache.values()], heard }),
    identify: (given) => {
      secret = given;
      return Promise.resolve();
    },
    enqueue: (entry) => {
      outbox = [...outbox, entry];
      nextSequence = entry.sequence + 1;
      return Promise.resolve();
    },
    dequeue: (id) => {
      outbox = outbox.filter((entry) => entry.id !== id);
      return Promise.resolve();
    },
    replace: (given, entries) => {
      secret = given;
      outbox = entries;
      nextSequence = entries.length + 1;
      return Promise.resolve();
    },
    remember: (result) => {
      cache.set(result.query, result);
      return Promise.resolve();
    },
    forget: (query) => {
      cache.delete(query);
      return Promise.resolve();
    },
    hear: (said) => {
      heard = said;
      return Promise.resolve();
    },
    clear: (given, entries) => {
      secret = given;
      nextSequence = entries.length + 1;
      outbox = entries;
      heard = null;
      cache.clear();
      return Promise.resolve();
    },
  };
}
