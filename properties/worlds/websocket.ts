/**
 * The websocket world: the scheduler, labels, clocks and timers of the simulated one, with the library's real sockets
 * beneath. The same script gives the same trace in both. Ambient time is not guarded here, since `ws` itself needs it.
 */
import { websocketTransport } from '../../sut/runtime/websocket-transport.ts';
import { wsListener } from '../../sut/runtime/ws-listener.ts';
import { type AssembledWorld, assembleWorld } from './assemble.ts';
import { createSocketCarrier } from './socket-carrier.ts';
import type { WorldOptions } from './world.ts';

/** Rejects with a WorldStuckError, from whichever step waits, when something that was sent does not arrive in real time. */
export async function createWebSocketWorld(options: WorldOptions): Promise<AssembledWorld> {
  return assembleWorld(options, await createSocketCarrier(wsListener(), websocketTransport), undefined);
}
