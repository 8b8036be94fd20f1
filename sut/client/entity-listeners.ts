/** Who wants to hear what became of the writes of an entity. */
import type { Operation } from '../protocol/frames.ts';
import { createListeners, type Listeners } from './listeners.ts';
import type { Turns } from './turns.ts';

export interface EntityListeners<News> {
  add(collection: string, id: string, callback: (news: News) => void): () => void;
  /** Once for each entity that the write concerns. */
  tell(operations: readonly Operation[], news: News): void;
}

const keyOf = (collection: string, id: string): string => JSON.stringify([collection, id]);

export function createEntityListeners<News>(turns: Turns): EntityListeners<News> {
  const byEntity = new Map<string, Listeners<News>>();
  return {
    add: (collection, id, callback) => {
      const key = keyOf(collection, id);
      const listeners = byEntity.get(key) ?? createListeners<News>(turns);
      byEntity.set(key, listeners);
      return listeners.add(callback);
    },
    tell: (operations, news) => {
      const keys = new Set(operations.map(({ collection, id }) => keyOf(collection, id)));
      for (const key of keys) byEntity.get(key)?.tell(news);
    },
  };
}
