/** The usual setting: a world, a system in it, and its wire told in its own words. */
import type { System } from '../../sut/port/system.ts';
import { createTranslator } from '../driving/translator.ts';
import type { AssembledWorld } from '../worlds/assemble.ts';
import type { WorldOptions } from '../worlds/world.ts';
import type { SystemWorkings } from './plugin.ts';

export function openedIn(
  createWorld: (options: WorldOptions) => Promise<AssembledWorld>,
  system: System,
  tokenGrainMs = 1,
): SystemWorkings['open'] {
  return async (options) => ({
    world: await createWorld(options),
    tokenGrainMs,
    populate: (_judge, labelOf) => ({ system, translator: createTranslator(system, labelOf) }),
  });
}
