/** Both worlds by name, for tests that hold of each. */
import type { AssembledWorld } from './assemble.ts';
import { createSimulatedWorld } from './simulated.ts';
import { createWebSocketWorld } from './websocket.ts';
import type { WorldOptions } from './world.ts';

export interface NamedWorld {
  readonly name: string;
  readonly create: (options: WorldOptions) => Promise<AssembledWorld>;
}

export const everyWorld: readonly NamedWorld[] = [
  { name: 'simulated', create: createSimulatedWorld },
  { name: 'websocket', create: createWebSocketWorld },
];

export const twoClients: WorldOptions = { clients: ['c1', 'c2'].map((name) => ({ name, wallClockSkewMs: 0 })), initialLog: [], seed: 1 };
