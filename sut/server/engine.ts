/**
 * A server between one reading of its log and the next: its parts put together over what the log says, and all its
 * connections. When storage fails it ends for good, and another one begins from the log as it turns out to be (W2).
 */

import type { Roles } from '../../vocabulary/schemas.ts';
import type { Bounds } from '../protocol/bounds.ts';
import { errorText } from '../protocol/error-text.ts';
import type { CloseFrame } from '../protocol/frames.ts';
import { compareText } from '../query/value.ts';
import type { Connection, ConnectionEvents, Logger, Random, Timers, WallClock } from '../runtime/ports.ts';
import { dataIssues } from '../schema/conform.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { createAppendQueue } from './append-queue.ts';
import { overBound } from './closes.ts';
import { createCompactor } from './compactor.ts';
import { serveConnection } from './connection.ts';
import { type Counters, countRefusal } from './counters.ts';
import { createDatabase, type Database } from './database.ts';
import { createDoor } from './door.ts';
import { frozenSchema } from './frozen-schema.ts';
import { createGroups } from './groups.ts';
import { createIncarnations, freshIncarnation } from './incarnations.ts';
import { issueText } from './judgement.ts';
import type { KeyHolder } from './key-holder.ts';
import { createKnownSchemas, type KnownSchemas } from './known-schemas.ts';
import type { Gauges } from './metrics.ts';
import type { ServerObserver, ServerView } from './observer.ts';
import type { Peer } from './peer.ts';
import { createSchemaPushes } from './schema-pushes.ts';
import { createSlowReaders } from './send-queue.ts';
import type { Services } from './services.ts';
import type { IncarnationEntry, ServerStorage, StoredLog } from './storage.ts';
import type { TokenRules } from './token-rules.ts';
import { createTokenVerifier } from './tokens.ts';
import { turnAway } from './turn-away.ts';
import { createWritesAside } from './writes-aside.ts';

export interface EngineOptions {
  readonly storage: ServerStorage;
  /** They outlive the engine: what was fetched says nothing of the log. */
  readonly keys: KeyHolder;
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
  readonly rules: TokenRules;
  /** The server's own copy of the one it begins with. */
  readonly schema: PlainSchema | null;
  readonly frameBytesMax: number;
  readonly bounds: Bounds;
  readonly writeIdsKept: number;
  readonly logEntriesMax: number;
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly random: Pick<Random, 'hex'>;
  readonly complete: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly observer: ServerObserver;
  readonly logger: Logger;
}

export interface Engine {
  /** What is to be durable before anybody is accepted (W2). */
  readonly incarnation: IncarnationEntry;
  /** It is. A log that is longer than it may be is compacted. */
  begun(): void;
  accept(connection: Connection): ConnectionEvents;
  /** Rejects for what is no schema, and when the engine ends before the outcome is known. */
  overrideSchema(schema: PlainSchema): Promise<SchemaOutcome>;
  view(): ServerView;
  gauges(): Omit<Gauges, 'isServing'>;
  /** No frame is taken any more. Resolves when those in hand are answered, the appends among them; never where storage fails before. */
  drain(): Promise<void>;
  /** Nothing more comes of it: connections are closed, pushes reject, what it had begun is told to nobody. */
  end(closing: CloseFrame, reason: Error): void;
  /** Storage is done with what is being appended, well or not. Never rejects. */
  settled(): Promise<void>;
}

/** The data come first (C3), also where they were there before the schema. */
function checkData(database: Database): void {
  const schema = database.schema();
  const issues = schema === null ? [] : dataIssues(schema, database.collections());
  const [first] = issues;
  if (first !== undefined) throw new Error(`The rows do not fit the schema: ${issueText(first)} (${issues.length} in all).`);
}

/** Those that were current once (W2). */
function ownSchemas(initial: PlainSchema | null, { snapshot, entries }: StoredLog): KnownSchemas {
  const known = createKnownSchemas();
  if (initial !== null) known.own(initial);
  for (const { schema } of snapshot?.schemas ?? []) known.own(frozenSchema(schema));
  for (const entry of entries) if (entry.kind === 'schema') known.own(frozenSchema(entry.schema));
  return known;
}

/** Throws where the log is not one, or its rows do not fit the schema. `onFailure`: an append failed; the engine is to be ended. */
export function createEngine(options: EngineOptions, log: StoredLog, counters: Counters, onFailure: () => void): Engine {
  const { wallClock, timers, logger, observer, storage, schema, roles, frameBytesMax, bounds } = options;
  const database = createDatabase(log, schema, options.writeIdsKept, counters);
  checkData(database);
  const incarnation = freshIncarnation(options.random, database.version());
  database.begin(incarnation);
  const peers = new Set<Peer>();
  const door = createDoor(bounds);
  /** By connection, what keeps it from taking another frame. */
  const workers = new Map<Peer, () => void>();
  const services: Services = {
    wallClock,
    timers,
    logger,
    observer,
    roles,
    frameBytesMax,
    bounds,
    database,
    counters,
    schemas: ownSchemas(schema, log),
    incarnations: createIncarnations(log, incarnation),
    groups: createGroups(database, observer, counters, bounds, logger),
    appends: createAppendQueue({
      storage,
      database,
      compactor: createCompactor({ storage, database, counters, logger, logEntriesMax: options.logEntriesMax }),
      counters,
      timers,
      logger,
      entriesMax: bounds.batchEntriesMax,
      onFailure: (error) => {
        logger.error(`An append failed: ${errorText(error)}`);
        onFailure();
      },
    }),
    writesAside: createWritesAside(),
    tokens: createTokenVerifier(options),
    slowReaders: createSlowReaders(),
  };
  const pushes = createSchemaPushes(services, peers);

  return {
    incarnation,
    begun: () => void services.appends.run(() => () => {}),
    accept(connection) {
      const bar = door.bar(connection.address);
      if (bar !== undefined) {
        logger.info(`${connection.label}: turned away, over ${bar}`);
        countRefusal(counters, bar);
        return turnAway(connection, overBound(bar, bounds));
      }
      const leave = door.enter(connection.address);
      const { peer, events, takeNoMore } = serveConnection(connection, services, (ended) => {
        peers.delete(ended);
        workers.delete(ended);
        leave();
      });
      workers.set(peer, takeNoMore);
      peers.add(peer);
      return events;
    },
    overrideSchema: pushes.push,
    view() {
      const open = [...peers].filter((peer) => peer.state().phase === 'open');
      return {
        version: database.version(),
        connections: open.map((peer) => peer.label).sort(compareText),
        groups: services.groups.view(),
        schema: database.schema(),
      };
    },
    gauges() {
      const all = [...peers];
      return {
        connections: door.count(),
        accepted: all.filter((peer) => peer.state().phase === 'open').length,
        groups: services.groups.count(),
        subscriptions: all.reduce((sum, { subscriptions }) => sum + subscriptions.size, 0),
        bufferedBytes: all.reduce((sum, peer) => sum + peer.bufferedBytes(), 0),
        version: database.version(),
        appendsWaiting: services.appends.waiting(),
        isStorageFull: services.appends.isFull(),
      };
    },
    drain() {
      for (const takeNoMore of workers.values()) takeNoMore();
      return services.appends.run(() => () => {});
    },
    end(closing, reason) {
      services.appends.stop();
      pushes.abandon(reason);
      for (const peer of [...peers]) peer.close(closing);
    },
    settled: services.appends.settled,
  };
}
