/** Where a client keeps its identity and its outbox, so that a write once stored is sent sooner or later (W1, W5). */
import type { Operation } from '../protocol/frames.ts';

export interface OutboxEntry {
  readonly sequence: number;
  readonly operations: readonly Operation[];
}
export interface StoredClient {
  readonly clientId: string;
  readonly outbox: readonly OutboxEntry[];
  /** The sequence number that the next write takes. */
  readonly nextSequence: number;
}

export interface ClientStorage {
  /** What was kept, or undefined for a client that never was. */
  load(): Promise<StoredClient | undefined>;
  identify(clientId: string): Promise<void>;
  /** Resolves when the write is kept; calls are made in order of `sequence`. */
  enqueue(entry: OutboxEntry): Promise<void>;
  /** Forgets the write; it was acknowledged or rejected. */
  dequeue(sequence: number): Promise<void>;
}

/** The embedded default: gone with the process. */
export function memoryClientStorage(): ClientStorage {
  let clientId: string | undefined;
  let nextSequence = 1;
  const outbox: OutboxEntry[] = [];
  return {
    load: () => Promise.resolve(clientId === undefined ? undefined : { clientId, outbox: [...outbox], nextSequence }),
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
  };
}
