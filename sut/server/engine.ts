/** A server that runs: its parts put together over the log it was started from, and all its connections. */
import type { CloseFrame } from '../protocol/frames.ts';
import type { Roles } from '../protocol/roles.ts';
import { compareText } from '../query/value.ts';
import type { Connection, ConnectionEvents, Logger, Timers, WallClock } from '../runtime/ports.ts';
import type { ServerObserver, ServerView } from '../system.ts';
import { createAppendQueue } from './append-queue.ts';
import { serveConnection } from './connection.ts';
import { type Counters, zeroCounters } from './counters.ts';
import { createDatabase } from './database.ts';
import { createGroups } from './groups.ts';
import type { Peer } from './peer.ts';
import type { Services } from './services.ts';
import type { LogEntry, ServerStorage } from './storage.ts';
import { createTokenVerifier, type KeySource } from './tokens.ts';

export interface EngineOptions {
  readonly storage: ServerStorage;
  readonly keys: KeySource;
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly observer: ServerObserver;
  readonly logger: Logger;
}

export type ServerInspection = ServerView & { readonly counters: Readonly<Counters> };

export interface Engine {
  accept(connection: Connection): ConnectionEvents;
  inspect(): ServerInspection;
  /** Body of the health check: JSON. */
  health(): string;
  /** Closes every connection, and every one that still comes; clients try again later. */
  stop(): void;
}

const stopping: CloseFrame = { type: 'UNKNOWN', retry: true, message: 'The server is closing.' };

function createServices(options: EngineOptions, log: readonly LogEntry[]): Services {
  const { wallClock, timers, logger, observer, storage } = options;
  const database = createDatabase(log);
  const counters = zeroCounters();
  return {
    wallClock,
    timers,
    logger,
    observer,
    storage,
    database,
    counters,
    groups: createGroups(database, observer, counters),
    appends: createAppendQueue(),
    tokens: createTokenVerifier({ ...options, onKeysFetched: (keys) => observer.onKeysFetched(keys) }),
  };
}

export function createEngine(options: EngineOptions, log: readonly LogEntry[]): Engine {
  const services = createServices(options, log);
  const { database, groups, counters } = services;
  const peers = new Set<Peer>();
  let isStopping = false;

  return {
    accept(connection) {
      const { peer, events } = serveConnection(connection, services, (ended) => peers.delete(ended));
      peers.add(peer);
      if (isStopping) peer.close(stopping);
      return events;
    },
    inspect() {
      const open = [...peers].filter((peer) => peer.state().phase === 'open');
      return {
        version: database.version(),
        connections: open.map((peer) => peer.label).sort(compareText),
        groups: groups.view(),
        counters: { ...counters },
      };
    },
    health: () => JSON.stringify({ status: 'ok', version: database.version(), connections: peers.size }),
    stop() {
      isStopping = true;
      for (const peer of [...peers]) peer.close(stopping);
    },
  };
}
