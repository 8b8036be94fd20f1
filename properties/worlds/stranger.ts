/**
 * Somebody whom no script names: connects, says something, hears what the server makes of it, and leaves. All of it
 * happens at once and shows in no client's links, so that it can come between any two steps.
 */
import type { SocketEvents } from '../../sut/runtime/ports.ts';
import type { Carrier } from './carrier.ts';
import { type Connection, createConnection, isOpening, nextItem, type Surroundings, send, terminateEnd } from './connection.ts';
import { deliveryOf } from './network-tasks.ts';
import type { NextTask } from './task.ts';
import type { HeardClose } from './world.ts';

/** By this name the server knows each of them; no client has it. */
export const strangerName = 'stranger';

/** One connection of a stranger, as the network lets it be driven. */
export interface Visit {
  /** What happens on it next (the opening, a delivery, a close); undefined where nothing does. */
  next(): NextTask | undefined;
  say(frame: string): void;
  /** Gives the connection up. */
  leave(): void;
  /** The close that the stranger heard; null where it heard none. */
  heard(): HeardClose | null;
}

/** `openingOf` answers how the network lets a connection open. The number is the carrier's name for it, and no client's. */
export function visitBy(number: number, carrier: Carrier, openingOf: (connection: Connection, around: Surroundings) => NextTask): Visit {
  let heard: HeardClose | null = null;
  const events: SocketEvents = {
    onOpen: () => {},
    onMessage: () => {},
    onClose: (code, reason) => {
      heard = { code, reason };
    },
  };
  const around: Surroundings = { tell: () => {}, carrier, over: () => carrier.forget(number) };
  const connection = createConnection(number, strangerName, events);
  return {
    next: () => {
      if (isOpening(connection)) return openingOf(connection, around);
      const link = [connection.toServer, connection.toClient].find((candidate) => nextItem(connection, candidate) !== undefined);
      return link === undefined ? undefined : deliveryOf(connection, link, around);
    },
    say: (frame) => send(connection, 'client', frame, around),
    leave: () => terminateEnd(connection, 'client', around),
    heard: () => heard,
  };
}

export interface VisitOptions {
  /** Runs a task as every other is run. */
  readonly perform: (task: NextTask) => Promise<void>;
  /** The next completion that the server waits for on the stranger's account. */
  readonly nextCompletion: () => NextTask | undefined;
}

/** Answers the close that the stranger heard before it left by itself. */
export async function makeVisit(visit: Visit, frames: readonly string[], options: VisitOptions): Promise<HeardClose | null> {
  const settle = async (): Promise<void> => {
    for (let task = visit.next() ?? options.nextCompletion(); task !== undefined; task = visit.next() ?? options.nextCompletion())
      await options.perform(task);
  };
  const say = (work: () => void): Promise<void> => options.perform({ ready: undefined, perform: work });
  await settle();
  for (const frame of frames) await say(() => visit.say(frame));
  await settle();
  const heard = visit.heard();
  if (heard === null) await say(() => visit.leave());
  await settle();
  return heard;
}
