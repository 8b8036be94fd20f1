/**
 * The network of a run: all connections of all clients, numbered in the order of their attempts. It is the authority
 * on which deliveries and openings exist and in which order; a carrier makes them real where they must be.
 */
import type { Listener, Connection as ServerConnection, Socket, SocketEvents, Transport } from '../../sut/runtime/ports.ts';
import type { Carrier } from './carrier.ts';
import {
  type Connection,
  closeEnd,
  createConnection,
  deliver,
  finish,
  hearClose,
  isHeard,
  isOpening,
  nextItem,
  type Surroundings,
  send,
  terminateEnd,
} from './connection.ts';
import { type CutKind, cutConnection, isUnknowinglyLost } from './cuts.ts';
import { type Direction, linkLabel, openingLabel } from './labels.ts';
import { abruptClose, type Link } from './link.ts';
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

/** What the network keeps for each client. */
interface Party {
  readonly client: string;
  readonly openingLabel: string;
  /** Connections that are not over, oldest first. */
  readonly alive: Connection[];
  newest: Connection | undefined;
  refused: boolean;
}
type Accept = Parameters<Listener['listen']>[1];

export function createNetwork(options: NetworkOptions): Network {
  const parties = options.clients.map(createParty);
  const partyOf = new Map(parties.map((party) => [party.client, party]));
  const sources = sourcesByLabel(parties);
  let attempts = 0;
  let accept: Accept | undefined;

  const around: Surroundings = {
    tell: options.tell,
    carrier: options.carrier,
    over: (connection) => {
      const alive = partyOf.get(connection.client)?.alive ?? [];
      alive.splice(alive.indexOf(connection), 1);
      options.carrier.forget(connection.number);
    },
  };

  const connect = (party: Party, events: SocketEvents): Socket => {
    attempts += 1;
    const connection = createConnection(attempts, party.client, events);
    party.alive.push(connection);
    party.newest = connection;
    options.tell({ event: 'attempted', client: party.client, connection: connection.number });
    return socketOf(connection, around, options.note);
  };

  const nextOpening = (party: Party): NextTask | undefined => {
    const connection = party.alive.find(isOpening);
    if (connection === undefined) return undefined;
    const accepting = accept;
    if (connection.ends.client === 'closing') return failedOpening(connection, undefined, around);
    if (party.refused || connection.doomed || accepting === undefined) return failedOpening(connection, options.carrier.refuse(), around);
    return {
      ready: options.carrier.open(connection.number),
      perform: () => openBothEnds(connection, accepting, around, options.note),
    };
  };

  const listener: Listener = {
    listen: (_port, accepting, health) => {
      options.note('server listener');
      if (accept !== undefined) throw new Error('the server listens already');
      accept = accepting;
      const close = (): Promise<void> => {
        options.note('server listener');
        accept = undefined;
        for (const party of parties) for (const connection of [...party.alive]) terminateIfOpened(connection, around);
        return Promise.resolve();
      };
      return Promise.resolve({ port: options.carrier.listen(health), close });
    },
  };

  return {
    transport: (client) => ({
      connect: (_url, events) => {
        options.note(`${client} transport`);
        const party = partyOf.get(client);
        if (party === undefined) throw new RangeError(`no client named ${client}`);
        return connect(party, events);
      },
    }),
    listener,
    tasks: () => parties.flatMap((party) => tasksOf(party, options.isHeld)),
    next: (label) => {
      const source = sources.get(label);
      if (source === undefined) return undefined;
      if (source.direction === undefined) return nextOpening(source.party);
      return nextDelivery(source.party, source.direction, around);
    },
    hold: (label) => setHeld(sources.get(label), true),
    release: (label) => setHeld(sources.get(label), false),
    held: () => parties.flatMap(heldLinks),
    cut: (client, how) => {
      const newest = partyOf.get(client)?.newest;
      return newest !== undefined && isAlive(newest, partyOf) && cutConnection(newest, how, around);
    },
    refuse: (client) => setRefused(partyOf.get(client), true),
    accept: (client) => setRefused(partyOf.get(client), false),
    isHalfOpen: (client) => partyOf.get(client)?.alive.some(isUnknowinglyLost) ?? false,
    close: () => {
      accept = undefined;
      for (const party of parties) for (const connection of party.alive.splice(0)) options.carrier.forget(connection.number);
      return options.carrier.close();
    },
  };
}

interface Source {
  readonly party: Party;
  /** undefined: the opening. */
  readonly direction: Direction | undefined;
}

function createParty(client: string): Party {
  return { client, openingLabel: openingLabel(client), alive: [], newest: undefined, refused: false };
}

function sourcesByLabel(parties: readonly Party[]): ReadonlyMap<string, Source> {
  return new Map(
    parties.flatMap((party): readonly (readonly [string, Source])[] => [
      [party.openingLabel, { party, direction: undefined }],
      [linkLabel(party.client, 'toServer'), { party, direction: 'toServer' }],
      [linkLabel(party.client, 'toClient'), { party, direction: 'toClient' }],
    ]),
  );
}

function isAlive(connection: Connection, partyOf: ReadonlyMap<string, Party>): boolean {
  return partyOf.get(connection.client)?.alive.includes(connection) ?? false;
}

const linkOf = (connection: Connection, direction: Direction): Link =>
  direction === 'toServer' ? connection.toServer : connection.toClient;

function socketOf(connection: Connection, around: Surroundings, note: (port: string) => void): Socket {
  const port = `${connection.client} socket`;
  return {
    send: (data) => {
      note(port);
      send(connection, 'client', data, around);
    },
    close: (code, reason) => {
      note(port);
      closeEnd(connection, 'client', code, reason, around);
    },
    terminate: () => {
      note(port);
      terminateEnd(connection, 'client', around);
    },
  };
}

function serverConnectionOf(connection: Connection, around: Surroundings, note: (port: string) => void): ServerConnection {
  const port = `server connection of ${connection.client}`;
  return {
    label: connection.client,
    send: (data) => {
      note(port);
      send(connection, 'server', data, around);
    },
    close: (code, reason) => {
      note(port);
      closeEnd(connection, 'server', code, reason, around);
    },
    terminate: () => {
      note(port);
      terminateEnd(connection, 'server', around);
    },
  };
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

function terminateIfOpened(connection: Connection, around: Surroundings): void {
  if (connection.ends.server !== 'waiting') terminateEnd(connection, 'server', around);
}

/** The oldest connection that flows comes first; where none does, the oldest that is held. */
function nextDelivery(party: Party, direction: Direction, around: Surroundings): NextTask | undefined {
  const ready = party.alive.filter((connection) => nextItem(connection, linkOf(connection, direction)) !== undefined);
  const connection = ready.find((candidate) => !linkOf(candidate, direction).held) ?? ready[0];
  if (connection === undefined) return undefined;
  return deliveryOf(connection, linkOf(connection, direction), around);
}

function deliveryOf(connection: Connection, link: Link, around: Surroundings): NextTask | undefined {
  const item = link.items[0];
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

function tasksOf(party: Party, isHeld: (label: string) => boolean): readonly Task[] {
  const found: Task[] = [];
  const { alive } = party;
  if (alive.length === 0) return found;
  if (alive.some(isOpening)) found.push({ label: party.openingLabel, held: isHeld(party.openingLabel) });
  addLinkTask(found, alive, 'toServer');
  addLinkTask(found, alive, 'toClient');
  return found;
}

function addLinkTask(found: Task[], alive: readonly Connection[], direction: Direction): void {
  let task: Task | undefined;
  for (const connection of alive) {
    const link = linkOf(connection, direction);
    if (nextItem(connection, link) === undefined) continue;
    if (task === undefined || !link.held) task = { label: link.label, held: link.held };
    if (!task.held) break;
  }
  if (task !== undefined) found.push(task);
}

function setHeld(source: Source | undefined, held: boolean): boolean {
  if (source?.direction === undefined) return false;
  let changed = false;
  for (const connection of source.party.alive) {
    const link = linkOf(connection, source.direction);
    if (link.held === held || !isHeard(connection, link)) continue;
    link.held = held;
    changed = true;
  }
  return changed;
}

function heldLinks(party: Party): readonly string[] {
  const isHeldOne = (connection: Connection, link: Link) => link.held && isHeard(connection, link);
  const some = (direction: Direction) => party.alive.some((connection) => isHeldOne(connection, linkOf(connection, direction)));
  const directions: readonly Direction[] = ['toServer', 'toClient'];
  return directions.filter(some).map((direction) => linkLabel(party.client, direction));
}

function setRefused(party: Party | undefined, refused: boolean): boolean {
  if (party === undefined || party.refused === refused) return false;
  party.refused = refused;
  return true;
}
