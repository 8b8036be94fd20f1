/** What can be run on a connection: its opening, accepted or failed, and the delivery of the next item of a link. */
import type { Listener } from '../../sut/runtime/ports.ts';
import { type Connection, deliver, finish, hearClose, type Surroundings } from './connection.ts';
import { abruptClose, type Link } from './link.ts';
import { serverConnectionOf } from './ports-of-connection.ts';
import type { NextTask } from './task.ts';

export type Accept = Parameters<Listener['listen']>[1];

export function acceptanceOf(connection: Connection, accept: Accept, around: Surroundings, note: (port: string) => void): NextTask {
  return { ready: around.carrier.open(connection.number), perform: () => openBothEnds(connection, accept, around, note) };
}

/** The server's accept comes first: its end is open before the client can know. */
function openBothEnds(connection: Connection, accept: Accept, around: Surroundings, note: (port: string) => void): void {
  connection.ends.client = 'open';
  connection.ends.server = 'open';
  around.tell({ event: 'opened', client: connection.client, connection: connection.number });
  connection.connectionEvents = accept(serverConnectionOf(connection, around, note));
  connection.socketEvents.onOpen();
}

/** Refused, cut on the way, or withdrawn by the client: the server never sees it. */
export function failureOf(connection: Connection, ready: Promise<void> | undefined, around: Surroundings): NextTask {
  return {
    ready,
    perform: () => {
      connection.ends.server = 'ended';
      finish(connection, 'client', around);
      hearClose(connection, 'client', abruptClose, around);
    },
  };
}

export function deliveryOf(connection: Connection, link: Link, around: Surroundings): NextTask | undefined {
  const [item] = link.items;
  if (item === undefined) return undefined;
  const { carrier } = around;
  const { number, endings } = connection;
  if (item.item === 'close') {
    return { ready: carrier.ending(number, link.direction, item, endings), perform: () => deliver(connection, link, undefined, around) };
  }
  return {
    ready: carrier.arrival(number, link.direction, item),
    perform: () => deliver(connection, link, carrier.received(number, link.direction, item), around),
  };
}
