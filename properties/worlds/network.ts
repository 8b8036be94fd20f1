/**
 * The network of a run: all connections of all clients, numbered in the order of their attempts. It is the authority
 * on which deliveries and openings exist and in which order; a carrier makes them real where they must be.
 */
import type { Listener, Socket, SocketEvents, Transport } from '../../sut/runtime/ports.ts';
import type { Carrier } from './carrier.ts';
import { type Connection, createConnection, type EndName, inject, isOpening, type Surroundings, terminateEnd } from './connection.ts';
import { type CutKind, crashClientEnd, crashServerEnd, cutConnection, isUnknowinglyLost, leaveServerEnd } from './cuts.ts';
import { type Direction, directions, linkLabel } from './labels.ts';
import { type Accept, acceptanceOf, deliveryOf, failureOf } from './network-tasks.ts';
import { createParty, heldLinks, holdLinks, linkOf, nextOn, type Party, setRefused, tasksOf } from './party.ts';
import { socketOf } from './ports-of-connection.ts';
import { type Visit, visitBy } from './stranger.ts';
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
  /** A frame that nobody sent joins those on their way to that end of the client's newest connection. */
  inject(client: string, to: EndName, data: string): boolean;
  /** Somebody unknown is about to connect. */
  welcome(): Visit;
  /** The server's process is gone: nobody listens, and its ends of all connections are gone too. */
  killServer(how: 'graceful' | 'crash'): void;
  killClient(client: string): void;
  refuse(client: string): boolean;
  accept(client: string): boolean;
  isHalfOpen(client: string): boolean;
  /** Ends everything without telling anybody; rejects with the name of what could not be closed. */
  close(): Promise<void>;
}

export function createNetwork(options: NetworkOptions): Network {
  const { carrier, note } = options;
  const parties = new Map(options.clients.map((client) => [client, createParty(client)]));
  const everyParty = [...parties.values()];
  const openings = new Map(everyParty.map((party) => [party.openingLabel, party]));
  const links = new Map(
    everyParty.flatMap((party) => directions.map((direction) => [linkLabel(party.client, direction), { party, direction }] as const)),
  );
  let attempts = 0;
  let strangers = 0;
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

  const openingOf = (connection: Connection, isRefused: boolean, surroundings: Surroundings): NextTask => {
    if (connection.ends.client === 'closing') return failureOf(connection, undefined, surroundings);
    if (isRefused || connection.doomed || accept === undefined) return failureOf(connection, carrier.refuse(), surroundings);
    return acceptanceOf(connection, accept, surroundings, note);
  };
  const nextOpening = (party: Party): NextTask | undefined => {
    const connection = party.alive.find(isOpening);
    return connection === undefined ? undefined : openingOf(connection, party.refused, around);
  };
  const newestOf = (client: string): Connection | undefined => {
    const { newest, alive } = partyOf(client);
    return newest !== undefined && alive.includes(newest) ? newest : undefined;
  };

  const everyConnection = (): readonly Connection[] => everyParty.flatMap((party) => party.alive);
  const stopListening = (): Promise<void> => {
    note('server listener');
    accept = undefined;
    const opened = everyConnection().filter((connection) => connection.ends.server !== 'waiting');
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
      const newest = newestOf(client);
      return newest !== undefined && cutConnection(newest, how, around);
    },
    inject: (client, to, data) => {
      const newest = newestOf(client);
      return newest !== undefined && inject(newest, to === 'server' ? 'client' : 'server', data, around);
    },
    welcome: () => {
      strangers += 1;
      return visitBy(-strangers, carrier, (connection, surroundings) => openingOf(connection, false, surroundings));
    },
    killServer: (how) => {
      accept = undefined;
      const lose = how === 'crash' ? crashServerEnd : leaveServerEnd;
      for (const connection of everyConnection()) lose(connection, around);
    },
    killClient: (client) => {
      for (const connection of [...partyOf(client).alive]) crashClientEnd(connection, around);
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

function nextDelivery(party: Party, direction: Direction, around: Surroundings): NextTask | undefined {
  const connection = nextOn(party, direction);
  return connection === undefined ? undefined : deliveryOf(connection, linkOf(connection, direction), around);
}
