/**
 * The least client and server that use every port of the network, for tests of the worlds themselves. Plain operations
 * drive them, so that the same list can be run in two worlds and the events compared.
 */
import type { Connection, ConnectionEvents, Listening, Socket } from '../../sut/runtime/ports.ts';
import type { CutKind } from './cuts.ts';
import { strangerName } from './stranger.ts';
import type { HeardClose, World, WorldEvent } from './world.ts';

export type ToyOperation =
  | { readonly do: 'connect' | 'clientTerminate' | 'serverTerminate'; readonly client: string }
  | { readonly do: 'clientSend' | 'serverSend' | 'clientClose' | 'serverClose'; readonly client: string; readonly text: string }
  | { readonly do: 'cut'; readonly client: string; readonly how: CutKind }
  | { readonly do: 'inject'; readonly client: string; readonly to: 'server' | 'client'; readonly text: string }
  | { readonly do: 'stranger'; readonly texts: readonly string[] }
  /** A graceful server says goodbye to everybody first. */
  | { readonly do: 'killServer'; readonly how: 'graceful' | 'crash' }
  /** Begins a new process, or none where one runs already. */
  | { readonly do: 'startServer' }
  | { readonly do: 'killClient'; readonly client: string }
  | { readonly do: 'refuse' | 'accept'; readonly client: string }
  | { readonly do: 'hold' | 'release' | 'execute'; readonly label: string };

export interface Toy {
  readonly events: readonly WorldEvent[];
  /** Answers whether the operation meant anything to the world; for a stranger, the close it heard. */
  perform(operation: ToyOperation): Promise<boolean | HeardClose | null>;
  /** Runs every task that is not held, first label first, until none is left. */
  settle(): Promise<void>;
}

const toyCloseCode = 4000;

/**
 * A client's operations concern its newest socket; the server's, the newest connection that it accepted of that client.
 * Both are kept beyond the death of their process, so that the dead go on talking. To strangers the server listens.
 */
export async function createToy(world: World): Promise<Toy> {
  const events: WorldEvent[] = [];
  const sockets = new Map<string, Socket>();
  const connections = new Map<string, Connection>();
  world.listen((event) => events.push(event));
  let listening: Listening | undefined;
  const start = async (): Promise<boolean> => {
    if (listening !== undefined) return false;
    await world.run(() => {
      const { listener } = world.serverEnvironment();
      void listener
        .listen(0, (connection) => accept(connection), healthy)
        .then((opened) => {
          listening = opened;
        });
    });
    return true;
  };
  const accept = (connection: Connection): ConnectionEvents => {
    if (connection.label === strangerName) return toStranger(connection);
    connections.set(connection.label, connection);
    return silence;
  };
  const kill = async (how: 'graceful' | 'crash'): Promise<boolean> => {
    if (how === 'graceful') {
      await world.run(() => {
        for (const connection of connections.values()) connection.close(toyCloseCode, 'stopping');
        void listening?.close();
      });
    }
    listening = undefined;
    return world.killServer(how, 0) > 0;
  };
  await start();
  const connect = (client: string): void => {
    const silent = { onOpen: () => {}, onMessage: () => {}, onClose: () => {} };
    sockets.set(client, world.clientEnvironment(client).transport.connect('ws://server', silent));
  };
  const onEnd = async (end: Socket | Connection | undefined, work: (end: Socket | Connection) => void): Promise<boolean> => {
    if (end === undefined) return false;
    await world.run(() => work(end));
    return true;
  };
  const perform = async (operation: ToyOperation): Promise<boolean | HeardClose | null> => {
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
      case 'inject':
        return world.inject(operation.client, operation.to, operation.text);
      case 'stranger':
        return world.stranger(operation.texts);
      case 'killServer':
        return kill(operation.how);
      case 'startServer':
        return start();
      case 'killClient':
        return world.killClient(operation.client, false);
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
const silence: ConnectionEvents = { onMessage: () => {}, onClose: () => {} };

/** Answers `bye` with a close, `shoo` by hanging up, and everything else with an echo. */
function toStranger(connection: Connection): ConnectionEvents {
  return {
    onMessage: (text) => {
      if (text === 'bye') connection.close(toyCloseCode, 'goodbye');
      else if (text === 'shoo') connection.terminate();
      else connection.send(text);
    },
    onClose: () => {},
  };
}

function firstFree(world: World): string | undefined {
  return world.tasks().find((task) => !task.held)?.label;
}
