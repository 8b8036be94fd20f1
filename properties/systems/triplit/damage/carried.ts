/** Damage to what client and server send each other, to closes, and to the clock by which the server judges tokens. */
import type { Connection, ConnectionEvents, Socket, SocketEvents } from '../../../../sut/runtime/ports.ts';
import { type Damage, onSystem } from './damage.ts';

type Wrap<Port, Events> = (
  port: Port,
  events: Events,
  isTurn: () => boolean,
) => { readonly port?: Partial<Port>; readonly events?: Partial<Events> };

function sockets(name: string, wrap: Wrap<Socket, SocketEvents>): Damage {
  return onSystem(name, (system, isTurn) => ({
    createClient: (environment, settings) => {
      const connect = (url: string, events: SocketEvents): Socket => {
        let socket: Socket | undefined;
        const late: Socket = {
          send: (data) => socket?.send(data),
          close: (code, reason) => socket?.close(code, reason),
          terminate: () => socket?.terminate(),
        };
        const damaged = wrap(late, events, isTurn);
        socket = environment.transport.connect(url, { ...events, ...damaged.events });
        return { ...late, ...damaged.port };
      };
      return system.createClient({ ...environment, transport: { connect } }, settings);
    },
  }));
}

function connections(name: string, wrap: Wrap<Connection, ConnectionEvents>): Damage {
  return onSystem(name, (system, isTurn) => ({
    createServer: (environment, settings) => {
      const { listener } = environment;
      const listen: typeof listener.listen = (port, accept, health) =>
        listener.listen(
          port,
          (connection) => {
            let events: ConnectionEvents | undefined;
            const late: ConnectionEvents = { onMessage: (data) => events?.onMessage(data), onClose: () => events?.onClose() };
            const damaged = wrap(connection, late, isTurn);
            events = accept({
              label: connection.label,
              send: (data) => connection.send(data),
              close: (code, reason) => connection.close(code, reason),
              terminate: () => connection.terminate(),
              unsentBytes: () => connection.unsentBytes(),
              ...damaged.port,
            });
            return { ...events, ...damaged.events };
          },
          health,
        );
      return system.createServer({ ...environment, listener: { listen } }, settings);
    },
  }));
}

function serverClock(name: string, aheadMs: number): Damage {
  return onSystem(name, (system) => ({
    createServer: (environment, settings) =>
      system.createServer({ ...environment, wallClock: { now: () => environment.wallClock.now() + aheadMs } }, settings),
  }));
}

/** What befalls frames is the same at both ends. */
type Sending = Pick<Socket & Connection, 'send'>;
type Hearing = Pick<SocketEvents & ConnectionEvents, 'onMessage'>;

function lost(port: Sending, _events: Hearing, isTurn: () => boolean): { readonly port: Sending } {
  return { port: { send: (data) => (isTurn() ? undefined : port.send(data)) } };
}

function sentTwice(port: Sending, _events: Hearing, isTurn: () => boolean): { readonly port: Sending } {
  const send = (data: string): void => {
    port.send(data);
    if (isTurn()) port.send(data);
  };
  return { port: { send } };
}

function unheard(_port: Sending, events: Hearing, isTurn: () => boolean): { readonly events: Hearing } {
  return { events: { onMessage: (data) => (isTurn() ? undefined : events.onMessage(data)) } };
}

function heardThen(events: Hearing, isTurn: () => boolean, then: (data: string) => void): { readonly events: Hearing } {
  const onMessage = (data: string): void => {
    events.onMessage(data);
    if (isTurn()) then(data);
  };
  return { events: { onMessage } };
}

const hourMs = 3_600_000;

export const damagesOfWhatIsCarried: readonly Damage[] = [
  sockets('a frame of a client is lost', lost),
  sockets('a frame of a client goes twice', sentTwice),
  sockets('a client does not hear a frame', unheard),
  sockets('a client hears a frame twice', (_socket, events, isTurn) => heardThen(events, isTurn, events.onMessage)),
  sockets('a client does not hear that its connection opened', (_socket, events, isTurn) => ({
    events: { onOpen: () => (isTurn() ? undefined : events.onOpen()) },
  })),
  sockets('a client does not hear that its connection closed', (_socket, events, isTurn) => ({
    events: { onClose: (code, reason) => (isTurn() ? undefined : events.onClose(code, reason)) },
  })),
  sockets('a client closes its connection', (socket, events, isTurn) => heardThen(events, isTurn, () => socket.close(1000, ''))),
  connections('a frame of the server is lost', lost),
  connections('a frame of the server goes twice', sentTwice),
  connections('the server does not hear a frame', unheard),
  connections('the server closes a connection', (connection, events, isTurn) =>
    heardThen(events, isTurn, () => connection.close(1011, '')),
  ),
  connections('the server does not close a connection', (connection, _events, isTurn) => ({
    port: { close: (code, reason) => (isTurn() ? undefined : connection.close(code, reason)) },
  })),
  serverClock('the clock of the server is behind', -hourMs),
  serverClock('the clock of the server is ahead', hourMs),
];
