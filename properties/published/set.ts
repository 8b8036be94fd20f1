/** The name of a world that runs a set of the published packages, and back. Drawn scripts are about sessions alone, or about data too. */
import type { WorldName } from '../trace.ts';

const prefix = 'published ';
const suffix = ' with data';

export type Words = 'sessions' | 'data';

export function publishedWorldName(set: string, words: Words): WorldName {
  return `${prefix}${set}${words === 'data' ? suffix : ''}`;
}

/** Undefined where the world runs our own client and server. */
export function publishedSetOf(world: WorldName): string | undefined {
  if (!world.startsWith(prefix)) return undefined;
  return world.slice(prefix.length, world.endsWith(suffix) ? -suffix.length : undefined);
}

export function publishedWordsOf(world: WorldName): Words {
  return world.endsWith(suffix) ? 'data' : 'sessions';
}
