/**
 * The durable storage of a run's client, which outlives its processes. A write is kept, and everything forgotten, when
 * the task `c1 store` has run; the rest is durable at the call, because nothing is decided by when it ends. Only what is
 * remembered or heard behind a clear waits for it: a clear that a crash undid, or that failed, must not leave what came after it. What is
 * kept and what is handed out are copies: nothing that a process does to its objects reaches the storage.
 */

import type { CachedResult, ClientStorage, OutboxEntry, StoredClient } from '../../sut/client/storage.ts';
import type { Attributes, Value } from '../../vocabulary/values.ts';
import { storeOf } from '../language/labels.ts';
import type { StorageOperation } from '../language/storage-operations.ts';
import type { Deferring } from './completions.ts';
import { createWritesUnderWay, type WritesUnderWay } from './writes-under-way.ts';

/** A storage, and what can happen to it. */
export interface DurableClientStorage extends ClientStorage {
  readonly writes: WritesUnderWay;
  /** What it holds at this moment, done and durable; undefined where nobody has used it. */
  copy(): StoredClient | undefined;
  /** It holds that instead of all that there was. No process uses it meanwhile. */
  restore(copied: StoredClient): void;
}

type Heard = NonNullable<StoredClient['heard']>;

/** What takes effect behind a clear; `order` counts what was asked of the storage. */
interface Waiting {
  readonly effect: () => void;
  readonly order: number;
}

export function createClientStorage(client: string, completions: Deferring, note: (port: string) => void): DurableClientStorage {
  const port = `${client} storage`;
  const writes = createWritesUnderWay(storeOf(client), completions);
  const cache = new Map<string, CachedResult>();
  /** Asked for behind a clear that is not done, in order. */
  let waiting: readonly Waiting[] = [];
  /** The order of each clear that is not done. */
  let clears: readonly number[] = [];
  let owner: string | undefined;
  let outbox: readonly OutboxEntry[] = [];
  let nextSequence = 1;
  let heard: Heard | null = null;
  let asked = 0;

  /** Null: of no run's failures. */
  const done = async (operation: StorageOperation | 'identify' | null, effect: () => void): Promise<void> => {
    note(port);
    if (operation !== null) writes.failNow(operation);
    effect();
  };
  const forget = (secret: string, entries: readonly OutboxEntry[], order: number): void => {
    owner = secret;
    outbox = entries;
    nextSequence = entries.length + 1;
    heard = null;
    cache.clear();
    clears = clears.filter((other) => other !== order);
    const next = clears[0] ?? Number.POSITIVE_INFINITY;
    for (const { effect } of waiting.filter((asked) => asked.order < next)) effect();
    waiting = waiting.filter((asked) => asked.order >= next);
  };
  /** It was to be kept behind the clear that failed. */
  const dropBehind = (order: number): void => {
    clears = clears.filter((other) => other !== order);
    const next = clears.find((other) => other > order) ?? Number.POSITIVE_INFINITY;
    waiting = waiting.filter((behind) => behind.order < order || behind.order > next);
  };
  const behindClears = (operation: StorageOperation | null, effect: () => void): Promise<void> =>
    done(operation, () => {
      asked += 1;
      if (clears.length === 0) effect();
      else waiting = [...waiting, { effect, order: asked }];
    });
  const read = (secret: string): StoredClient =>
    structuredClone({ format: 2, secret, outbox, nextSequence, cache: [...cache.values()], heard });
  const copy = (): StoredClient | undefined => (owner === undefined ? undefined : read(owner));
  const crash = (kept: number): number => {
    const done = writes.crash(kept);
    waiting = [];
    clears = [];
    return done;
  };
  return {
    writes: { ...writes, crash },
    load: async () => {
      note(port);
      writes.failNow('load');
      return copy();
    },
    copy,
    restore: (copied) => {
      owner = copied.secret;
      outbox = copied.outbox;
      nextSequence = copied.nextSequence;
      heard = copied.heard ?? null;
      cache.clear();
      for (const result of copied.cache) cache.set(result.query, copyOf(result));
    },
    identify: (secret) =>
      done('identify', () => {
        owner = secret;
      }),
    enqueue: (entry) => {
      const kept = structuredClone(entry);
      return writes.begin('enqueue', () => {
        outbox = [...outbox, kept];
        nextSequence = kept.sequence + 1;
      });
    },
    dequeue: (id) =>
      done('dequeue', () => {
        outbox = outbox.filter((entry) => entry.id !== id);
      }),
    replace: (secret, entries) => {
      const kept = structuredClone(entries);
      return writes.begin('replace', () => {
        owner = secret;
        outbox = kept;
        nextSequence = kept.length + 1;
      });
    },
    remember: (result) => {
      const kept = copyOf(result);
      return behindClears('remember', () => void cache.set(kept.query, kept));
    },
    forget: (query) => behindClears(null, () => void cache.delete(query)),
    hear: (said) => {
      const kept = { ...said };
      return behindClears('hear', () => {
        heard = kept;
      });
    },
    clear: async (secret, entries) => {
      asked += 1;
      const order = asked;
      const kept = structuredClone(entries);
      clears = [...clears, order];
      try {
        await writes.begin('clear', () => forget(secret, kept, order));
      } catch (failure) {
        dropBehind(order);
        throw failure;
      }
    },
  };
}

/** By hand, since it is done for every update of every subscription and a structured clone costs thirty times as much. */
function copyOf({ query, version, rows }: CachedResult): CachedResult {
  return { query, version, rows: rows.map(({ generation, attributes }) => ({ generation, attributes: copyOfAttributes(attributes) })) };
}

function copyOfAttributes(attributes: Attributes): Attributes {
  const copy: Record<string, Value> = { ...attributes };
  for (const [name, value] of Object.entries(attributes)) if (typeof value === 'object' && value !== null) copy[name] = [...value];
  return copy;
}
