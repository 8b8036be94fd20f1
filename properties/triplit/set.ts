/** The name of a world that runs a set of the published packages, and back; what to say where the set is not there. */
import { defaultSetName, installedSets } from '../../sut/triplit/sets.ts';
import type { WorldName } from '../trace.ts';

const prefix = 'published ';

export function publishedWorldName(set: string): WorldName {
  return `${prefix}${set}`;
}

/** Undefined where the world runs our own client and server. */
export function publishedSetOf(world: WorldName): string | undefined {
  return world.startsWith(prefix) ? world.slice(prefix.length) : undefined;
}

/** One line: what is missing, and how it comes. */
export function sayAbsent(root: string, set: string): string {
  const others = installedSets(root);
  const command = `lockstep published install${set === defaultSetName ? '' : ` --client V --name ${set}`}`;
  const there = others.length === 0 ? '' : `; installed: ${others.join(', ')}`;
  return `the published packages "${set}" are not installed; npx ${command} does that${there}`;
}
