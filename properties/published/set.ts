/** The name of a world that runs a set of the published packages, and back. */
import type { WorldName } from '../trace.ts';

const prefix = 'published ';

export function publishedWorldName(set: string): WorldName {
  return `${prefix}${set}`;
}

/** Undefined where the world runs our own client and server. */
export function publishedSetOf(world: WorldName): string | undefined {
  return world.startsWith(prefix) ? world.slice(prefix.length) : undefined;
}
