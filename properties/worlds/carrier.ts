/**
 * What carries the bytes between the two ends of a connection. The network decides what exists, in which order and
 * until when; a carrier makes it so. In the simulated world nothing need be made: all that is sent has arrived.
 * Every method that answers a promise is awaited before the system is told.
 */
import type { Direction } from './labels.ts';
import type { CloseItem, FrameItem } from './link.ts';
import type { HeardClose } from './world.ts';

/** How an end made its connection end: by the closing handshake, or without one. */
export type Ending = ({ readonly how: 'close' } & HeardClose) | { readonly how: 'terminate' };

/** The first ending that each end set going; undefined for an end that set none. */
export interface Endings {
  readonly client: Ending | undefined;
  readonly server: Ending | undefined;
}

export interface Carrier {
  /** The server listens; answers the port. */
  listen(health: () => string): number;
  /** Opens both ends. */
  open(connection: number): Promise<void> | undefined;
  /** An attempt that nobody accepts. */
  refuse(): Promise<void> | undefined;
  send(connection: number, direction: Direction, frame: FrameItem): void;
  /** The frame is at the other end; rejects where what arrived is not what was sent. */
  arrival(connection: number, direction: Direction, frame: FrameItem): Promise<void> | undefined;
  /** The text that arrived at the other end, once `arrival` has passed. */
  received(connection: number, direction: Direction, frame: FrameItem): string;
  /** The end at which `direction` arrives has learned that the connection is over, as `close` says. */
  ending(connection: number, direction: Direction, close: CloseItem, endings: Endings): Promise<void> | undefined;
  /** Both ends are done with the connection, or will never learn more of it. */
  forget(connection: number): void;
  /** Closes everything; rejects with the name of what could not be closed. */
  close(): Promise<void>;
}

/** The carrier of the simulated world. */
export const thinAir: Carrier = {
  listen: () => 1,
  open: () => undefined,
  refuse: () => undefined,
  send: () => {},
  arrival: () => undefined,
  received: (_connection, _direction, frame) => frame.data,
  ending: () => undefined,
  forget: () => {},
  close: () => Promise.resolve(),
};
