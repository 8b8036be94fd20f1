/**
 * The least client and server that use every port of the network, for tests of the worlds themselves. Plain operations
 * drive them, so that the same list can be run in two worlds and the events compared.
 */
import type { Connection, Socket } from '../../sut/runtime/ports.ts';
import type { CutKind } from './cuts.ts';
import type { World, WorldEvent } from './world.ts';

export type ToyOperation =
  | { readonly do: 'connect' | 'clientTerminate' | 'serverTerminate'; readonly client: string }
  | { readonly do: 'clientSend' | 'serverSend' | 'clientClose' | 'serverClose'; readonly client: string; readonly text: string }
  | { readonly do: 'cut'; readonly client: string; readonly how: CutKind }
  | { readonly do: 'refuse' | 'accept'; readonly client: string }
  | { readonly do: 'hold' | 'release' | 'execute'; readonly label: string };

export interface Toy {
  readonly events: readonly WorldEvent[];
  /** Answers whether the operation meant anything to the world. */
  perform(operation: ToyOperation): Promise<boolean>;
  /** Runs every task that is not held, first label first, until none is left. */
  settle(): Promise<void>;
}

export const toyCloseCode = 4000;

/** A client's operations concern its newest socket; the server's, the newest connection that it accepted of that client. */
export async function createToy(world: World): Promise<Toy> {
  const events: WorldEvent[] = [];
  const sockets = new Map<string, Socket>();
  const connections = new Map<string, Connection>();
  world.listen((event) => events.push(event));
  await world.run(() => {
    void world.serverEnvironment().listener.listen(0, (connection) => accept(connection), healthy);
  });
  const accept = (connection: Connection) => {
    connections.set(connection.label, connection);
    return { onMessage: () => {}, onClose: () => {} };
  };
  const connect = (client: string): void => {
    const silent = { onOpen: () => {}, onMessage: () => {}, onClose: () => {} };
    sockets.set(client, world.clientEnvironment(client).transport.connect('ws://server', silent));
  };
  const onEnd = async (end: Socket | Connection | undefined, work: (end: Socket | Connection) => void): Promise<boolean> => {
    if (end === undefined) return false;
    await world.run(() => work(end));
    return true;
  };
  const perform = async (operation: ToyOperation): Promise<boolean> => {
    switch (operation.do) {
      case 'connect':
        await world.run(() => connect(operation.client));
        return true;
      case 'clientSend':
        return onEnd(sockets.get(operation.client), (end) => end.send(operation.text));
      case 'serverSend':
        return onEnd(connections.get(operation.client), (end) => end.send(operation.text));
      case 'clientClose':
        return onEnd(sockets.get(operation.client), (end) => end.close(toyCloseCode, operation.text));
      case 'serverClose':
        return onEnd(connections.get(operation.client), (end) => end.close(toyCloseCode, operation.text));
      case 'clientTerminate':
        return onEnd(sockets.get(operation.client), (end) => end.terminate());
      case 'serverTerminate':
        return onEnd(connections.get(operation.client), (end) => end.terminate());
      case 'cut':
        return world.cut(operation.client, operation.how);
      case 'refuse':
        return world.refuseConnections(operation.client);
      case 'accept':
        return world.acceptConnections(operation.client);
      case 'hold':
        return world.hold(operation.label);
      case 'release':
        return world.release(operation.label);
      case 'execute':
        return world.execute(operation.label);
    }
  };
  const settle = async (): Promise<void> => {
    for (let task = firstFree(world); task !== undefined; task = firstFree(world)) await world.execute(task);
  };
  return { events, perform, settle };
}

const healthy = (): string => 'ok';

function firstFree(world: World): string | undefined {
  return world.tasks().find((task) => !task.held)?.label;
}
