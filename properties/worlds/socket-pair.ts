/** The two real ends of one connection, each behind its gate, and how they are brought to an end as the network says. */
import type { Connection, ConnectionEvents, Socket, SocketEvents } from '../../sut/runtime/ports.ts';
import type { Ending, Endings } from './carrier.ts';
import type { Direction } from './labels.ts';
import { createGate, type Gate } from './latch.ts';
import type { CloseItem, FrameItem } from './link.ts';

export interface SocketPair {
  /** For the diagnosis of what did not arrive. */
  readonly name: string;
  readonly clientGate: Gate;
  readonly serverGate: Gate;
  readonly sent: Record<Direction, number>;
  client: Socket | undefined;
  server: Connection | undefined;
  /** What the real ends were brought to an end by; undefined while both are open. */
  ended: Endings | undefined;
}

export function createSocketPair(connection: number): SocketPair {
  return {
    name: `connection ${connection}`,
    clientGate: createGate(),
    serverGate: createGate(),
    sent: { toServer: 0, toClient: 0 },
    client: undefined,
    server: undefined,
    ended: undefined,
  };
}

export function clientEventsOf(gate: Gate): SocketEvents {
  return { onOpen: gate.open, onMessage: gate.arrive, onClose: (code, reason) => gate.close({ code, reason }) };
}

export function serverEventsOf(pair: SocketPair): ConnectionEvents {
  return { onMessage: pair.serverGate.arrive, onClose: () => pair.serverGate.close('closed') };
}

const gateOf = (pair: SocketPair, direction: Direction): Gate => (direction === 'toServer' ? pair.serverGate : pair.clientGate);

/** A refused or broken dial shows as a close; it must not be waited for in vain. */
export async function bothOpen(pair: SocketPair): Promise<void> {
  const { clientGate, serverGate, name } = pair;
  await clientGate.signal.until(() => clientGate.isOpen() || clientGate.closed() !== undefined, `${name} to open at the client`);
  if (clientGate.closed() !== undefined) throw new Error(`${name} closed instead of opening: ${say(clientGate.closed())}`);
  await serverGate.signal.until(serverGate.isOpen, `${name} to open at the server`);
}

export function sendReally(pair: SocketPair, direction: Direction, data: string): void {
  pair.sent[direction] += 1;
  if (direction === 'toServer') pair.client?.send(data);
  else pair.server?.send(data);
}

/** Waits for the frame at the receiving gate and compares it with what was sent. */
export async function arrivalOf(pair: SocketPair, direction: Direction, frame: FrameItem): Promise<void> {
  const gate = gateOf(pair, direction);
  const isThere = () => gate.frames.length > frame.index;
  await gate.signal.until(isThere, `frame ${frame.index + 1} of ${pair.name} (${direction}), ${gate.frames.length} arrived: ${frame.data}`);
  const arrived = gate.frames[frame.index];
  if (arrived !== frame.data) throw new Error(`${pair.name} (${direction}) carried ${frame.data} as ${arrived}`);
}

export function receivedFrame(pair: SocketPair, direction: Direction, frame: FrameItem): string {
  return gateOf(pair, direction).frames[frame.index] ?? frame.data;
}

/**
 * Brings the real ends to an end if they are not, and waits until the receiving one has heard of it. What an end sent
 * before must not be lost by that, so all frames are let arrive first.
 */
export async function endingOf(pair: SocketPair, direction: Direction, close: CloseItem, endings: Endings): Promise<void> {
  if (pair.ended === undefined) {
    await allArrived(pair, 'toServer');
    await allArrived(pair, 'toClient');
    pair.ended = { ...endings };
    endReally(pair.client, endings.client);
    endReally(pair.server, endings.server);
  }
  const gate = gateOf(pair, direction);
  await gate.signal.until(() => gate.closed() !== undefined, `the close of ${pair.name} (${direction})`);
  if (direction === 'toClient') compareClose(pair, close, endings);
}

function allArrived(pair: SocketPair, direction: Direction): Promise<void> {
  const gate = gateOf(pair, direction);
  const isComplete = () => gate.frames.length === pair.sent[direction];
  return gate.signal.until(isComplete, `all ${pair.sent[direction]} frames of ${pair.name} (${direction}), ${gate.frames.length} arrived`);
}

function endReally(end: Socket | Connection | undefined, ending: Ending | undefined): void {
  if (ending === undefined) return;
  if (ending.how === 'close') end?.close(ending.code, ending.reason);
  else end?.terminate();
}

/** A cut that came after the real ends had closed can no longer be made; only then may the two differ. */
function compareClose(pair: SocketPair, close: CloseItem, endings: Endings): void {
  const heard = pair.clientGate.closed();
  const cutAfterwards = pair.ended?.server !== endings.server;
  if (cutAfterwards || heard === undefined || heard === 'closed') return;
  if (heard.code !== close.code || heard.reason !== close.reason) {
    throw new Error(`${pair.name} closed at the client with ${say(heard)} instead of ${close.code} ${close.reason}`);
  }
}

/** Gives up both ends, for a connection that nobody will hear of again. */
export function abandon(pair: SocketPair): void {
  pair.client?.terminate();
  pair.server?.terminate();
}

/** Waits until neither real end is left. */
export async function bothClosed({ clientGate, serverGate, name }: SocketPair): Promise<void> {
  await clientGate.signal.until(() => clientGate.closed() !== undefined, `${name} to close at the client`);
  await serverGate.signal.until(() => !serverGate.isOpen() || serverGate.closed() !== undefined, `${name} to close at the server`);
}

function say(heard: ReturnType<Gate['closed']>): string {
  return heard === undefined || heard === 'closed' ? 'no close' : `${heard.code} ${heard.reason}`;
}
