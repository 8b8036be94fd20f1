/**
 * The client without its public face: session, outbox and subscriptions joined together, all in plain data. Here is
 * which part hears what, and nothing else.
 */

import type { Query } from '../../vocabulary/queries.ts';
import type { Roles } from '../../vocabulary/schemas.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { Bounds } from '../protocol/bounds.ts';
import type { Operation } from '../protocol/frames.ts';
import type { Logger, Random, Timers, Transport, WallClock } from '../runtime/ports.ts';
import { rowIssues } from '../schema/conform.ts';
import { schemaHash } from '../schema/hash.ts';
import type { PlainSchema } from '../schema/types.ts';
import { createCache } from './cache.ts';
import { createEntityListeners, type EntityListeners } from './entity-listeners.ts';
import { createHeard, type HeardOfLog } from './heard.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { localResult } from './local-rows.ts';
import { createOutbox, type Outbox, type WritePromise } from './outbox.ts';
import { createPendingCount, type PendingCount } from './pending-count.ts';
import { collectionOfText, queryText } from './plain-query.ts';
import { createSessionMachine, type DataFrame, type SessionError, type SessionHost, type SessionMachine } from './session.ts';
import type { Status } from './session-table.ts';
import type { CachedResult, ClientStorage } from './storage.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTokenReader } from './tokens.ts';
import { createTurns, type Turns } from './turns.ts';
import { createWrites, type Writes } from './writes.ts';

export interface CoreOptions {
  readonly serverUrl: string | undefined;
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
  /** The longest frame that the server takes, in bytes of UTF-8. */
  readonly frameBytesMax: number;
  /** Those of the server. */
  readonly bounds: Bounds;
  /** The client's own copy: what it says to the server. */
  readonly schema: PlainSchema | undefined;
  readonly transport: Transport;
  readonly storage: ClientStorage;
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
}

export interface FailedWrite {
  readonly operations: readonly Operation[];
  readonly error: Error;
}

export interface Core {
  readonly turns: Turns;
  readonly session: SessionMachine;
  readonly subscriptions: Subscriptions;
  readonly writes: Writes;
  readonly onStatus: Listeners<Status>;
  /** A session began or ended, or the client began anew: every subscription is unfulfilled until its next first answer (Q6, K1). */
  readonly onUnfulfilled: Listeners<undefined>;
  readonly onSessionError: Listeners<SessionError>;
  /** The server's log is another one than the client has heard of (W2). */
  readonly onLogReplaced: Listeners<undefined>;
  readonly onSynced: EntityListeners<undefined>;
  readonly onNotSynced: EntityListeners<FailedWrite>;
  readonly onAnyNotSynced: Listeners<FailedWrite>;
  readonly pendingCount: PendingCount;
  /** Those that are answered and still laid over included. */
  heldWrites(): number;
  /** Calls one of them back when storage has been read, or has failed to be; at once where it has been. */
  whenLoaded(onLoaded: () => void, onFailed: (error: Error) => void): void;
  /** The result over what is held locally. */
  local(query: Query): readonly Attributes[];
  /** The client begins anew under a fresh id: data, cache and outbox are gone at once, from storage when the promise settles (K1). */
  clear(promise: WritePromise): void;
}

/** What was kept under another schema may hold values of other types than this one says (K2). The rest the server may show too (C2). */
function isTypedAs(schema: PlainSchema | undefined, collection: string, attributes: Attributes): boolean {
  return schema === undefined || rowIssues(schema, collection, attributes).every(({ problem }) => problem !== 'type');
}

function isTypedResult(schema: PlainSchema | undefined, { query, rows }: CachedResult): boolean {
  const collection = collectionOfText(query);
  return rows.every(({ attributes }) => isTypedAs(schema, collection, attributes));
}

function isTypedOperation(schema: PlainSchema | undefined, operation: Operation): boolean {
  switch (operation.kind) {
    case 'insert':
      return isTypedAs(schema, operation.collection, operation.attributes);
    case 'update':
      return isTypedAs(schema, operation.collection, { ...operation.changes, id: operation.id });
    case 'delete':
      return true;
  }
}

export function createCore(options: CoreOptions): Core {
  const turns = createTurns(options.logger);
  const news = {
    onStatus: createListeners<Status>(turns),
    onUnfulfilled: createListeners<undefined>(turns),
    onSessionError: createListeners<SessionError>(turns),
    onLogReplaced: createListeners<undefined>(turns),
    onSynced: createEntityListeners<undefined>(turns),
    onNotSynced: createEntityListeners<FailedWrite>(turns),
    onAnyNotSynced: createListeners<FailedWrite>(turns),
  };
  const isStale = (): boolean => outbox.isStale();
  const heard: HeardOfLog = createHeard(options.storage, options.logger, isStale);
  const cache = createCache(options.storage, options.logger, heard, isStale);
  const outbox: Outbox = createOutbox(
    {
      ...options,
      turns,
      heard,
      isTyped: (operations) => operations.every((operation) => isTypedOperation(options.schema, operation)),
    },
    {
      onLoaded: (stored) => {
        cache.load(stored.cache.filter((result) => isTypedResult(options.schema, result)));
        heard.load(stored.heard ?? null);
        subscriptions.onLoaded();
      },
      onChange: (operations) => {
        subscriptions.onWrites(new Set(operations.map(({ collection }) => collection)));
        pendingCount.update();
      },
      onKept: (write) => {
        if (session.status() === 'OPEN') outbox.send(write, session.send);
      },
      onForked: () => session.renew(),
      onForkFailed: () => session.giveUp(),
      onClearedAtLast: () => {
        heard.keepAgain();
        cache.keepAgain();
      },
      onAcknowledged: ({ operations }) => news.onSynced.tell(operations, undefined),
      onRejected: ({ operations }, error) => {
        news.onNotSynced.tell(operations, { operations, error });
        news.onAnyNotSynced.tell({ operations, error });
      },
    },
  );
  const pendingCount = createPendingCount(turns, outbox.pendingCount);
  const subscriptions = createSubscriptions(turns, outbox, cache, options);

  function onData(frame: DataFrame): void {
    if ('version' in frame) heard.hear(frame.version);
    switch (frame.type) {
      case 'answerPart':
        subscriptions.onAnswerPart(frame);
        break;
      case 'answer':
        subscriptions.onAnswer(frame);
        break;
      case 'subscriptionFailed':
        subscriptions.onFailure(frame);
        break;
      case 'update':
        subscriptions.onUpdate(frame);
        break;
      case 'progress':
        subscriptions.onProgress(frame);
        break;
      case 'acknowledged':
        outbox.acknowledge(frame.sequence, frame.version);
        break;
      case 'rejected':
        outbox.reject(frame.sequence, frame.error);
        break;
      case 'forked':
        outbox.fork(frame.sequence);
        break;
    }
  }

  const host: SessionHost = {
    onStatus: (status) => {
      if (status !== 'OPEN') subscriptions.disconnect();
      news.onStatus.tell(status);
    },
    onError: (error) => news.onSessionError.tell(error),
    onNewSession: () => {
      subscriptions.onNewSession();
      news.onUnfulfilled.tell(undefined);
    },
    identify: (onKnown, onFailed) =>
      outbox.identify(({ secret }) => onKnown({ secret, answered: outbox.answered(), heard: heard.current() }), onFailed),
    onAccepted: heard.listenTo,
    onDiverged: () => {
      news.onLogReplaced.tell(undefined);
      outbox.leaveLog();
      beginAnew();
    },
    sendWrites: (send) => outbox.sendAll(send),
    sendSubscriptions: (send) => subscriptions.connect(send),
    onData,
  };
  const schema = options.schema === undefined ? undefined : { hash: schemaHash(options.schema), schema: options.schema };
  const tokens = createTokenReader(options.roles, options.claimsPath);
  const session = createSessionMachine({ ...options, schema, turns, tokens }, host);
  const writes = createWrites(turns, outbox, subscriptions, options.bounds);

  function local(query: Query): readonly Attributes[] {
    const cached = cache.recall(queryText(query));
    const left =
      cached === undefined ? [] : [{ ...cached, collection: query.collection, settledOrdinal: outbox.lastAcknowledgedOrdinal() }];
    return localResult([...subscriptions.all(), ...left], outbox.writes(), query);
  }

  /** The client is another one, and nothing that it was told counts any more. First the data, then the connection: a callback that hears of the one finds the other. */
  function beginAnew(): void {
    heard.forget();
    subscriptions.clear();
    pendingCount.update();
    news.onUnfulfilled.tell(undefined);
    session.renew();
  }

  function clear(promise: WritePromise): void {
    outbox.identify(() => {
      outbox.clear(promise);
      beginAnew();
    }, promise.reject);
  }

  const heldWrites = (): number => outbox.writes().length;
  return { turns, session, subscriptions, writes, ...news, pendingCount, heldWrites, whenLoaded: outbox.identify, local, clear };
}
