/**
 * The carrier of the websocket world: frames and closes travel over real sockets of the library's own listener and
 * transport, on loopback. One server a run; dials are made one at a time, so that the two ends of each are known.
 */
import type { Listener, Transport } from '../../sut/runtime/ports.ts';
import type { Carrier } from './carrier.ts';
import { createGate } from './latch.ts';
import { abruptClose } from './link.ts';
import {
  abandon,
  arrivalOf,
  bothClosed,
  bothOpen,
  clientEventsOf,
  createSocketPair,
  endingOf,
  receivedFrame,
  type SocketPair,
  sendReally,
  serverEventsOf,
} from './socket-pair.ts';

/** Nothing listens there (RFC 6335 keeps it for tcpmux). */
const refusedUrl = 'ws://127.0.0.1:1';

export async function createSocketCarrier(listener: Listener, transport: Transport): Promise<Carrier> {
  const pairs = new Map<number, SocketPair>();
  const abandoned: SocketPair[] = [];
  let dialing: SocketPair | undefined;
  let health = (): string => '';
  const listening = await listener.listen(
    0,
    (connection) => {
      if (dialing === undefined) throw new Error(`nobody dialed, yet ${connection.label} connected`);
      const pair = dialing;
      pair.server = connection;
      pair.serverGate.open();
      return serverEventsOf(pair);
    },
    () => health(),
  );

  const pairOf = (connection: number): SocketPair => {
    const pair = pairs.get(connection);
    if (pair === undefined) throw new Error(`connection ${connection} was never dialed`);
    return pair;
  };
  const dial = async (connection: number): Promise<void> => {
    const pair = createSocketPair(connection);
    pairs.set(connection, pair);
    dialing = pair;
    pair.client = transport.connect(`ws://127.0.0.1:${listening.port}`, clientEventsOf(pair.clientGate));
    try {
      await bothOpen(pair);
    } finally {
      dialing = undefined;
    }
  };
  const forget = (connection: number): void => {
    const pair = pairs.get(connection);
    if (pair === undefined) return;
    pairs.delete(connection);
    abandon(pair);
    abandoned.push(pair);
  };
  return {
    listen: (answer) => {
      health = answer;
      return listening.port;
    },
    open: dial,
    refuse: () => dialNobody(transport),
    send: (connection, direction, frame) => sendReally(pairOf(connection), direction, frame.data),
    arrival: (connection, direction, frame) => arrivalOf(pairOf(connection), direction, frame),
    received: (connection, direction, frame) => receivedFrame(pairOf(connection), direction, frame),
    ending: (connection, direction, close, endings) => endingOf(pairOf(connection), direction, close, endings),
    forget,
    close: async () => {
      for (const connection of [...pairs.keys()]) forget(connection);
      for (const pair of abandoned) await bothClosed(pair);
      await listening.close();
    },
  };
}

/** A dial that is refused by the machine itself. */
async function dialNobody(transport: Transport): Promise<void> {
  const gate = createGate();
  transport.connect(refusedUrl, clientEventsOf(gate));
  await gate.signal.until(() => gate.isOpen() || gate.closed() !== undefined, 'a dial to be refused');
  const closed = gate.closed();
  if (closed === undefined || closed === 'closed') throw new Error('somebody accepted a dial that was to be refused');
  if (closed.code !== abruptClose.code) throw new Error(`a refused dial closed with ${closed.code}`);
}
