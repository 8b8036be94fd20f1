/**
 * What subscriptions held last, query by query (Q2, K2): in memory for the next subscription to the very same query, and
 * in storage for the next life of the client. Of very many queries only those heard last are kept. Results are shared, never copied: nobody changes a result that is held.
 */

import { errorText } from '../protocol/error-text.ts';
import { idOf } from '../query/row.ts';
import type { StoredRow } from '../query/types.ts';
import type { Logger } from '../runtime/ports.ts';
import type { HeardOfLog } from './heard.ts';
import type { CachedResult, ClientStorage } from './storage.ts';

/** Far more queries than a screen has; without a bound an application that searches as its user types would keep them all for ever. */
export const cachedResultsMax = 1_000;

export interface Held {
  /** The version up to which it has been heard. */
  readonly version: number;
  readonly held: ReadonlyMap<string, StoredRow>;
}

export interface Cache {
  load(results: readonly CachedResult[]): void;
  /** `query` is the text of `queryText`. */
  recall(query: string): Held | undefined;
  remember(query: string, result: Held): void;
  /** Storage has lost it, with all that it held: it is asked again to keep it. */
  keepAgain(): void;
  /** In memory; storage forgets its own by `clear`. */
  forgetAll(): void;
}

/** `rows` are those of `held`, as storage takes them. */
type Entry = Held & { readonly rows: readonly StoredRow[] };

/** `isStale`: storage still holds another client, and nothing is to be kept there before that is gone. */
export function createCache(storage: ClientStorage, logger: Logger, heard: Pick<HeardOfLog, 'whenKept'>, isStale: () => boolean): Cache {
  const entries = new Map<string, Entry>();

  function keep(query: string, entry: Entry): void {
    if (!isStale()) heard.whenKept(() => void store(query, entry), query);
  }

  async function store(query: string, { version, rows }: Entry): Promise<void> {
    try {
      await storage.remember({ query, version, rows });
    } catch (error) {
      logger.warn(`The client's storage failed to keep the result of a query: ${errorText(error)}`);
    }
  }

  async function drop(query: string): Promise<void> {
    try {
      await storage.forget(query);
    } catch (error) {
      logger.warn(`The client's storage failed to forget the result of a query: ${errorText(error)}`);
    }
  }

  /** Those heard last come last. */
  function dropOldest(): void {
    for (const oldest of entries.keys()) {
      if (entries.size <= cachedResultsMax) return;
      entries.delete(oldest);
      if (!isStale()) heard.whenKept(() => void drop(oldest), oldest);
    }
  }

  return {
    load: (results) => {
      // Storage gives them in whatever order. The version tells which was heard last.
      for (const { query, version, rows } of [...results].sort((one, other) => one.version - other.version)) {
        entries.set(query, { version, rows, held: new Map(rows.map((row) => [idOf(row), row])) });
      }
    },
    recall: (query) => entries.get(query),
    remember: (query, { version, held }) => {
      const before = entries.get(query);
      const isSame = before?.held === held;
      if (isSame && before.version === version) return;
      const entry = { version, held, rows: isSame ? before.rows : [...held.values()] };
      entries.delete(query);
      entries.set(query, entry);
      keep(query, entry);
      dropOldest();
    },
    keepAgain: () => {
      for (const [query, entry] of entries) keep(query, entry);
    },
    forgetAll: () => entries.clear(),
  };
}
