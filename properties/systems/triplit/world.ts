/**
 * The simulated world for the published packages: the same scheduler, network, clocks and guard, and besides them the way
 * of an HTTP request. Their bundles are given the world's ports in the place of the ambient ones (`sut/triplit/process.ts`).
 */
import type { HttpWorld } from '../../../sut/triplit/exchange.ts';
import type { AssembledWorld } from '../../worlds/assemble.ts';
import { createSimulatedWorld } from '../../worlds/simulated.ts';
import type { WorldOptions } from '../../worlds/world.ts';

export interface PublishedWorld extends AssembledWorld {
  readonly http: Omit<HttpWorld, 'observer'>;
  /** Whose environment was asked for last. */
  lastClient(): string;
}

/** They belong to the client and the server, not to a session: the client pings and the server flushes as long as it lives. */
const lasting = / (heartbeat|flush) timer$/u;

export async function createPublishedWorld(options: WorldOptions): Promise<PublishedWorld> {
  const world = await createSimulatedWorld(options);
  const refused = new Set<string>();
  let last = '';
  return {
    ...world,
    http: {
      travel: (client, leg) => world.complete(`${client} token ${leg}`, () => Promise.resolve()),
      isReachable: (client) => !refused.has(client),
    },
    lastClient: () => last,
    clientEnvironment: (client) => {
      last = client;
      return world.clientEnvironment(client);
    },
    refuseConnections: (client) => {
      refused.add(client);
      return world.refuseConnections(client);
    },
    acceptConnections: (client) => {
      refused.delete(client);
      return world.acceptConnections(client);
    },
    heal: () => {
      refused.clear();
      world.heal();
    },
    openTimers: () => world.openTimers().filter((label) => !lasting.test(label)),
  };
}
