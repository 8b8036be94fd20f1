/** Our own client and server: in virtual time, and over real sockets. */
import { allCapabilities } from '../language/capabilities.ts';
import type { SystemPlugin, SystemWorkings } from './plugin.ts';

const own = { capabilities: allCapabilities, plantable: ['sut'], gateRuns: 4_000, comparedWith: 'revisions' } as const;

export const simulated: SystemPlugin = {
  ...own,
  name: 'simulated',
  sentence: 'our client and server in virtual time, on a simulated network',
  runsABatch: 8,
  load: async () => {
    const { createSimulatedWorld } = await import('../worlds/simulated.ts');
    return workingsIn(createSimulatedWorld);
  },
};

export const websocket: SystemPlugin = {
  ...own,
  name: 'websocket',
  sentence: 'the same over real sockets on loopback',
  runsABatch: 1,
  load: async () => {
    const { createWebSocketWorld } = await import('../worlds/websocket.ts');
    return workingsIn(createWebSocketWorld);
  },
};

async function workingsIn(createWorld: Parameters<typeof import('./one-world.ts').openedIn>[0]): Promise<SystemWorkings> {
  const [{ openedIn }, { ownSystem }] = await Promise.all([import('./one-world.ts'), import('../../sut/reference/adapter.ts')]);
  return { open: openedIn(createWorld, ownSystem) };
}
