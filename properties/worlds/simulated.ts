/** The simulated world: nothing happens unless the script or the canonical schedule says so, and all of it replays byte for byte. */
import { type AssembledWorld, assembleWorld } from './assemble.ts';
import { thinAir } from './carrier.ts';
import { createGuard } from './guard.ts';
import type { WorldOptions } from './world.ts';

export async function createSimulatedWorld(options: WorldOptions): Promise<AssembledWorld> {
  return assembleWorld(options, thinAir, createGuard());
}
