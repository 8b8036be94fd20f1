/** A list of callbacks for one kind of news. Who listens is settled when the news comes up; who left meanwhile is spared. */
import type { Turns } from './turns.ts';

export interface Listeners<News> {
  /** The same function may be added twice; each has its own, idempotent, removal. */
  add(callback: (news: News) => void): () => void;
  tell(news: News): void;
}

export function createListeners<News>(turns: Turns): Listeners<News> {
  const entries = new Set<{ readonly callback: (news: News) => void }>();
  return {
    add: (callback) => {
      const entry = { callback };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    tell: (news) => {
      for (const entry of [...entries]) {
        turns.tell(() => {
          if (entries.has(entry)) turns.call(() => entry.callback(news));
        });
      }
    },
  };
}
