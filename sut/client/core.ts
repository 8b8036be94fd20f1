/**
 * The client without its public face: session, outbox and subscriptions joined together, all in plain data. Here is
 * which part hears what, and nothing else.
 */
import type { Operation } from '../protocol/frames.ts';
import type { Roles } from '../protocol/roles.ts';
import type { Attributes, Query } from '../query/types.ts';
import type { Logger, Random, Timers, Transport, WallClock } from '../runtime/ports.ts';
import { createEntityListeners, type EntityListeners } from './entity-listeners.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { localResult } from './local-rows.ts';
import { createOutbox, type Outbox, writeFrame } from './outbox.ts';
import { createSessionMachine, type DataFrame, type SessionError, type SessionHost, type SessionMachine } from './session.ts';
import type { Status } from './session-table.ts';
import type { ClientStorage } from './storage.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTokenReader } from './tokens.ts';
import { createTurns, type Turns } from './turns.ts';
import { createWrites, type Writes } from './writes.ts';

export interface CoreOptions {
  readonly serverUrl: string | undefined;
  readonly roles: Roles | undefined;
  readonly claimsPath: string | undefined;
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
  /** A session began or ended: every subscription is unfulfilled until its next first answer (Q6). */
  readonly onNewSession: Listeners<undefined>;
  readonly onSessionError: Listeners<SessionError>;
  readonly onSynced: EntityListeners<undefined>;
  readonly onNotSynced: EntityListeners<FailedWrite>;
  readonly onAnyNotSynced: Listeners<FailedWrite>;
  /** The result over what is held locally. */
  local(query: Query): readonly Attributes[];
}

export function createCore(options: CoreOptions): Core {
  const turns = createTurns(options.logger);
  const news = {
    onStatus: createListeners<Status>(turns),
    onNewSession: createListeners<undefined>(turns),
    onSessionError: createListeners<SessionError>(turns),
    onSynced: createEntityListeners<undefined>(turns),
    onNotSynced: createEntityListeners<FailedWrite>(turns),
    onAnyNotSynced: createListeners<FailedWrite>(turns),
  };
  const outbox: Outbox = createOutbox(
    { storage: options.storage, random: options.random, logger: options.logger, turns },
    {
      onChange: (operations) => subscriptions.onWrites(new Set(operations.map(({ collection }) => collection))),
      onKept: (write) => session.send(writeFrame(write)),
      onAcknowledged: ({ operations }) => news.onSynced.tell(operations, undefined),
      onRejected: ({ operations }, error) => {
        news.onNotSynced.tell(operations, { operations, error });
        news.onAnyNotSynced.tell({ operations, error });
      },
    },
  );
  const subscriptions = createSubscriptions(turns, outbox);

  function onData(frame: DataFrame): void {
    switch (frame.type) {
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
      news.onNewSession.tell(undefined);
    },
    identify: (onKnown, onFailed) => outbox.identify(onKnown, onFailed),
    sendWrites: (send) => outbox.sendAll(send),
    sendSubscriptions: (send) => subscriptions.connect(send),
    onData,
  };
  const session = createSessionMachine({ ...options, turns, tokens: createTokenReader(options.roles, options.claimsPath) }, host);
  const writes = createWrites(turns, outbox, subscriptions);
  return { turns, session, subscriptions, writes, ...news, local: (query) => localResult(subscriptions.all(), outbox.writes(), query) };
}
