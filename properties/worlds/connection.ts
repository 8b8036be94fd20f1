/**
 * One connection, from the attempt until both ends are done with it: two ends, two links, and what becomes of them when
 * an end sends, closes, gives up or hears something. It behaves as `ws` does, each event at the moment its task is run.
 */
import type { ConnectionEvents, SocketEvents } from '../../sut/runtime/ports.ts';
import type { Carrier, Ending } from './carrier.ts';
import { abruptClose, type CloseItem, createLink, enterClose, enterFrame, type Item, type Link, silence, unsentBytes } from './link.ts';
import type { HeardClose, WorldEvent } from './world.ts';

/**
 * `waiting`: the socket has not opened. `closing`: it called close and still hears what comes. `ended`: it heard the
 * close, or gave up, and hears nothing more.
 */
export type EndState = 'waiting' | 'open' | 'closing' | 'ended';
export type EndName = 'client' | 'server';

export interface Connection {
  readonly number: number;
  readonly client: string;
  readonly toServer: Link;
  readonly toClient: Link;
  readonly socketEvents: SocketEvents;
  /** The server's handlers, from the opening on. */
  connectionEvents: ConnectionEvents | undefined;
  readonly ends: Record<EndName, EndState>;
  readonly endings: Record<EndName, Ending | undefined>;
  /** Half-open: everything vanishes silently, in both directions. */
  lost: boolean;
  /** Cut before it opened: the opening will fail. */
  doomed: boolean;
}

/** What a connection needs of its surroundings. */
export interface Surroundings {
  readonly tell: (event: WorldEvent) => void;
  readonly carrier: Carrier;
  /** Called once, when both ends are done. */
  readonly over: (connection: Connection) => void;
}

export function createConnection(number: number, client: string, socketEvents: SocketEvents): Connection {
  return {
    number,
    client,
    toServer: createLink(client, 'toServer'),
    toClient: createLink(client, 'toClient'),
    socketEvents,
    connectionEvents: undefined,
    ends: { client: 'waiting', server: 'waiting' },
    endings: { client: undefined, server: undefined },
    lost: false,
    doomed: false,
  };
}

export function isOver(connection: Connection): boolean {
  return connection.ends.client === 'ended' && connection.ends.server === 'ended';
}

/** Whether `c1 opening` is a task: the attempt is on its way, or the client withdrew it and has yet to hear so. */
export function isOpening(connection: Connection): boolean {
  const { client, server } = connection.ends;
  return server === 'waiting' && (client === 'closing' || (client === 'waiting' && !connection.lost));
}

export const outgoing = (connection: Connection, end: EndName): Link => (end === 'client' ? connection.toServer : connection.toClient);
export const incoming = (connection: Connection, end: EndName): Link => (end === 'client' ? connection.toClient : connection.toServer);
const receiverOf = (link: Link): EndName => (link.direction === 'toServer' ? 'server' : 'client');

/** Whether anybody will still hear what this link delivers. */
export function isHeard(connection: Connection, link: Link): boolean {
  return !connection.lost && connection.ends[receiverOf(link)] !== 'ended';
}

/** Ignored before the socket has opened and after this end called close or heard of the end. */
export function send(connection: Connection, end: EndName, data: string, around: Surroundings): void {
  if (connection.ends[end] !== 'open') return;
  const { client, number } = connection;
  around.tell({ event: end === 'client' ? 'clientSent' : 'serverSent', client, connection: number, data });
  enter(number, outgoing(connection, end), data, true, around);
}

function enter(connection: number, link: Link, data: string, isSent: boolean, { carrier }: Surroundings): void {
  const frame = enterFrame(link, data, isSent);
  if (frame !== undefined) carrier.send(connection, link.direction, frame);
}

/** A frame that `end` never sent joins those on their way from it; false where the connection does not carry both ways. */
export function inject(connection: Connection, end: EndName, data: string, around: Surroundings): boolean {
  const link = outgoing(connection, end);
  const { client, number, ends } = connection;
  if (link.sealed || ends.client !== 'open' || ends.server !== 'open') return false;
  around.tell({ event: 'injected', client, connection: number, to: receiverOf(link), data });
  enter(number, link, data, false, around);
  return true;
}

/** Begins the closing handshake, behind what was sent. On a half-open connection this end is done: nothing can answer. */
export function closeEnd(connection: Connection, end: EndName, code: number, reason: string, around: Surroundings): void {
  const state = connection.ends[end];
  if (state === 'closing' || state === 'ended') return;
  connection.endings[end] ??= { how: 'close', code, reason };
  tellClosed(connection, end, { code, reason }, false, around);
  connection.ends[end] = 'closing';
  if (state === 'waiting') return;
  enterClose(outgoing(connection, end), { item: 'close', code, reason });
  if (connection.lost) finish(connection, end, around);
}

/** Gives the connection up: this end hears nothing more; the other hears an abrupt close behind what was sent. */
export function terminateEnd(connection: Connection, end: EndName, around: Surroundings): void {
  const state = connection.ends[end];
  if (state === 'ended') return;
  connection.endings[end] ??= { how: 'terminate' };
  if (state !== 'closing') tellClosed(connection, end, abruptClose, true, around);
  if (connection.ends.server === 'waiting') connection.ends.server = 'ended';
  silence(incoming(connection, end));
  enterClose(outgoing(connection, end), abruptClose);
  finish(connection, end, around);
}

/** Hands the next item of a link to the end at which it arrives; `data` is what arrived, for a frame. */
export function deliver(connection: Connection, link: Link, data: string | undefined, around: Surroundings): void {
  const item = link.items.shift();
  if (item === undefined) return;
  if (item.item === 'frame') {
    deliverFrame(connection, receiverOf(link), data ?? item.data, around);
    if (item.sentBytes > 0) tellDrained(connection, link);
  } else deliverClose(connection, receiverOf(link), item, around);
}

function deliverFrame(connection: Connection, end: EndName, data: string, around: Surroundings): void {
  const { client, number } = connection;
  around.tell({ event: end === 'client' ? 'clientHeard' : 'serverReceived', client, connection: number, data });
  if (end === 'client') connection.socketEvents.onMessage(data);
  else connection.connectionEvents?.onMessage(data);
}

/** The server's end is told when all that it handed over is delivered; a client has no queue. */
function tellDrained(connection: Connection, link: Link): void {
  if (link.direction === 'toClient' && connection.ends.server === 'open' && unsentBytes(link) === 0)
    connection.connectionEvents?.onDrain?.();
}

/** The end that hears a close answers it, unless a close of its own is on its way; then it is done. */
function deliverClose(connection: Connection, end: EndName, close: CloseItem, around: Surroundings): void {
  enterClose(outgoing(connection, end), close);
  finish(connection, end, around);
  hearClose(connection, end, close, around);
}

/** The server reads no more, or reads on. */
export function setReading(connection: Connection, isPaused: boolean, around: Surroundings): void {
  const { client, number, toServer, ends } = connection;
  if (toServer.paused === isPaused || ends.server === 'ended') return;
  toServer.paused = isPaused;
  around.tell({ event: isPaused ? 'readingPaused' : 'readingResumed', client, connection: number });
}

/** Tells an end that the connection is over. */
export function hearClose(connection: Connection, end: EndName, close: CloseItem, around: Surroundings): void {
  const { client, number } = connection;
  if (end === 'client') {
    around.tell({ event: 'clientHeardClose', client, connection: number, code: close.code, reason: close.reason });
    connection.socketEvents.onClose(close.code, close.reason);
  } else {
    around.tell({ event: 'serverHeardClose', client, connection: number });
    connection.connectionEvents?.onClose();
  }
}

/** This end is done. */
export function finish(connection: Connection, end: EndName, around: Surroundings): void {
  if (connection.ends[end] === 'ended') return;
  connection.ends[end] = 'ended';
  if (isOver(connection)) around.over(connection);
}

function tellClosed(
  { client, number }: Connection,
  end: EndName,
  { code, reason }: HeardClose,
  givenUp: boolean,
  around: Surroundings,
): void {
  around.tell({ event: end === 'client' ? 'clientClosed' : 'serverClosed', client, connection: number, code, reason, givenUp });
}

/** What the link delivers next; undefined where nothing is to be delivered. */
export function nextItem(connection: Connection, link: Link): Item | undefined {
  return isHeard(connection, link) && !link.paused ? link.items[0] : undefined;
}
