/**
 * The network of a run: all connections of all clients, numbered in the order of their attempts. It is the authority
 * on which deliveries and openings exist and in which order; a carrier makes them real where they must be.
 */
import type { Listener, Socket, SocketEvents, Transport } from '../../sut/runtime/ports.ts';
import type { Carrier } from './carrier.ts';
import { type Connection, createConnection, deliver, finish, hearClose, isOpening, type Surroundings, terminateEnd } from './connection.ts';
import { type CutKind, cutConnection, isUnknowinglyLost } from './cuts.ts';
import { type Direction, linkLabel } from './labels.ts';
import { abruptClose, type Link } from './link.ts';
import { createParty, heldLinks, holdLinks, linkOf, nextOn, type Party, setRefused, tasksOf } from './party.ts';
import { serverConnectionOf, socketOf } from './ports-of-connection.ts';
import type { NextTask } from './task.ts';
import type { Task, WorldEvent } from './world.ts';

export interface NetworkOptions {
  readonly clients: readonly string[];
  readonly carrier: Carrier;
  readonly tell: (event: WorldEvent) => void;
  readonly note: (port: string) => void;
  /** Whether an opening is held; links know it themselves. */
  readonly isHeld: (label: string) => boolean;
}

export interface Network {
  transport(client: string): Transport;
  readonly listener: Listener;
  tasks(): readonly Task[];
  next(label: string): NextTask | undefined;
  /** Holds the links of that name that exist; false where that changes nothing. */
  hold(label: string): boolean;
  release(label: string): boolean;
  /** Labels of links that are held, each once. */
  held(): readonly string[];
  cut(client: string, how: CutKind): boolean;
  refuse(client: string): boolean;
  accept(client: string): boolean;
  isHalfOpen(client: string): boolean;
  /** Ends everything without telling anybody; rejects with the name of what could not be closed. */
  close(): Promise<void>;
}

type Accept = Parameters<Listener['listen']>[1];

export function createNetwork(options: NetworkOptions): Network {
  const { carrier, note } = options;
  const parties = new Map(options.clients.map((client) => [client, createParty(client)]));
  const everyParty = [...parties.values()];
  const openings = new Map(everyParty.map((party) => [party.openingLabel, party]));
  const links = linksByLabel(everyParty);
  let attempts = 0;
  let accept: Accept | undefined;

  const partyOf = (client: string): Party => {
    const party = parties.get(client);
    if (party === undefined) throw new RangeError(`no client named ${client}`);
    return party;
  };
  const around: Surroundings = {
    tell: options.tell,
    carrier,
    over: (connection) => {
      const { alive } = partyOf(connection.client);
      alive.splice(alive.indexOf(connection), 1);
      carrier.forget(connection.number);
    },
  };

  const connect = (party: Party, events: SocketEvents): Socket => {
    attempts += 1;
    const connection = createConnection(attempts, party.client, events);
    party.alive.push(connection);
    party.newest = connection;
    options.tell({ event: 'attempted', client: party.client, connection: connection.number });
    return socketOf(connection, around, note);
  };

  const nextOpening = (party: Party): NextTask | undefined => {
    const connection = party.alive.find(isOpening);
    if (connection === undefined) return undefined;
    const accepting = accept;
    if (connection.ends.client === 'closing') return failedOpening(connection, undefined, around);
    if (party.refused || connection.doomed || accepting === undefined) return failedOpening(connection, carrier.refuse(), around);
    return {
      ready: carrier.open(connection.number),
      perform: () => openBothEnds(connection, accepting, around, note),
    };
  };

  const stopListening = (): Promise<void> => {
    note('server listener');
    accept = undefined;
    const opened = everyParty.flatMap((party) => party.alive).filter((connection) => connection.ends.server !== 'waiting');
    for (const connection of opened) terminateEnd(connection, 'server', around);
    return Promise.resolve();
  };
  const listener: Listener = {
    listen: (_port, accepting, health) => {
      note('server listener');
      if (accept !== undefined) throw new Error('the server listens already');
      accept = accepting;
      return Promise.resolve({ port: carrier.listen(health), close: stopListening });
    },
  };
  const holdOrRelease = (label: string, held: boolean): boolean => {
    const link = links.get(label);
    return link !== undefined && holdLinks(link.party, link.direction, held);
  };

  return {
    transport: (client) => ({
      connect: (_url, events) => {
        note(`${client} transport`);
        return connect(partyOf(client), events);
      },
    }),
    listener,
    tasks: () => everyParty.flatMap((party) => tasksOf(party, options.isHeld)),
    next: (label) => {
      const link = links.get(label);
      if (link !== undefined) return nextDelivery(link.party, link.direction, around);
      const opening = openings.get(label);
      return opening === undefined ? undefined : nextOpening(opening);
    },
    hold: (label) => holdOrRelease(label, true),
    release: (label) => holdOrRelease(label, false),
    held: () => everyParty.flatMap(heldLinks),
    cut: (client, how) => {
      const { newest, alive } = partyOf(client);
      return newest !== undefined && alive.includes(newest) && cutConnection(newest, how, around);
    },
    refuse: (client) => setRefused(partyOf(client), true),
    accept: (client) => setRefused(partyOf(client), false),
    isHalfOpen: (client) => partyOf(client).alive.some(isUnknowinglyLost),
    close: () => {
      accept = undefined;
      for (const party of everyParty) for (const connection of party.alive.splice(0)) carrier.forget(connection.number);
      return carrier.close();
    },
  };
}

interface NamedLink {
  readonly party: Party;
  readonly direction: Direction;
}

function linksByLabel(parties: readonly Party[]): ReadonlyMap<string, NamedLink> {
  return new Map(
    parties.flatMap((party): readonly (readonly [string, NamedLink])[] => [
      [linkLabel(party.client, 'toServer'), { party, direction: 'toServer' }],
      [linkLabel(party.client, 'toClient'), { party, direction: 'toClient' }],
    ]),
  );
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
function failedOpening(connection: Connection, ready: Promise<void> | undefined, around: Surroundings): NextTask {
  return {
    ready,
    perform: () => {
      connection.ends.server = 'ended';
      finish(connection, 'client', around);
      hearClose(connection, 'client', abruptClose, around);
    },
  };
}

function nextDelivery(party: Party, direction: Direction, around: Surroundings): NextTask | undefined {
  const connection = nextOn(party, direction);
  return connection === undefined ? undefined : deliveryOf(connection, linkOf(connection, direction), around);
}

function deliveryOf(connection: Connection, link: Link, around: Surroundings): NextTask | undefined {
  const [item] = link.items;
  if (item === undefined) return undefined;
  const { carrier } = around;
  const { number, endings } = connection;
  if (item.item === 'close') {
    return {
      ready: carrier.ending(number, link.direction, item, endings),
      perform: () => deliver(connection, link, undefined, around),
    };
  }
  return {
    ready: carrier.arrival(number, link.direction, item),
    perform: () => deliver(connection, link, carrier.received(number, link.direction, item), around),
  };
}
