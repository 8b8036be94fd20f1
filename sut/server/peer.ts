/**
 * One connection as the server knows it: who is at its other end, until when it may be sent data, what it follows. It
 * is the only place that sends and closes, so that nothing is sent on an expired token (S5) and nothing is left behind
 * by a connection that ended (H3), however it ended.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { Bounds } from '../protocol/bounds.ts';
import { encodeCloseFrame, encodeServerFrame } from '../protocol/codec.ts';
import { errorText } from '../protocol/error-text.ts';
import { type ClientFrame, type CloseFrame, closeCode, type ServerFrame } from '../protocol/frames.ts';
import type { Connection, Logger, Timers, WallClock } from '../runtime/ports.ts';
import type { PlainSchema } from '../schema/types.ts';
import { overBound, slowReader } from './closes.ts';
import { type Counters, countRefusal } from './counters.ts';
import { createExpiryWatch } from './expiry.ts';
import type { Group, Member } from './group.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { createSendQueue, type SlowReaders } from './send-queue.ts';
import type { AcceptedToken } from './tokens.ts';

export type Hello = Extract<ClientFrame, { type: 'hello' }>;

/** What the connection was accepted with. */
export interface Session {
  readonly clientId: string;
  readonly token: AcceptedToken;
  /** The client's; null: it has none. */
  readonly schema: PlainSchema | null;
  /** The number of token updates answered on this connection. */
  readonly requests: number;
}

export type PeerState =
  /** `awaitsSchema`: its hello was good but for the schema, which it was asked for (C4). */
  | { readonly phase: 'greeting'; readonly awaitsSchema: Hello | undefined }
  | { readonly phase: 'open'; readonly session: Session }
  | { readonly phase: 'closed' };

/** One query that a connection follows, as the client asked it. */
export interface Followed {
  readonly query: Query;
  /** Of the query (B4). */
  readonly weight: number;
  readonly group: Group;
}

export interface Peer extends Member {
  state(): PeerState;
  /** What it subscribed to, by its own names, in the order in which it did. */
  readonly subscriptions: Map<string, Followed>;
  /** Something came from the other end. */
  heard(): void;
  /** No more of it is read for now, where the connection can do that; then it is read on (B5). */
  pauseReading(): void;
  resumeReading(): void;
  /** Its hello has come: nobody waits for that any more (B5). */
  greeted(): void;
  /** The next frame is to be the client's schema. Nothing where it is closed already. */
  awaitSchema(hello: Hello): void;
  /** From now on the connection is accepted with this; a new token is watched from here on. Nothing where it is closed already. */
  open(session: Session): void;
  /** Frames that hold no data: they go out whatever the token says. */
  sendControl(frame: ServerFrame): void;
  /** All that was handed over has been sent (B6). */
  drained(): void;
  isBehind(): boolean;
  /** Whether data may go out and writes begin; an expired token closes the connection here. */
  isCurrent(): boolean;
  /** Its client was told to go on under a fresh id (W1, W2): no write of this connection is taken any more. */
  takeNoWrites(): void;
  takesWrites(): boolean;
  close(frame: CloseFrame): void;
  /** How many bytes wait to be sent. */
  bufferedBytes(): number;
  /** The other end is gone: nothing is sent any more. */
  end(): void;
}

export interface PeerPorts {
  readonly wallClock: WallClock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly counters: Counters;
  readonly bounds: Bounds;
  readonly slowReaders: SlowReaders;
  /** What the other end says is to wait, or goes on (B6). */
  readonly onBehind: () => void;
  readonly onCaughtUp: (peer: Peer, isStale: boolean) => void;
  /** Called once, when the connection is over for the server. */
  readonly onEnd: (peer: Peer) => void;
}

const tokenExpired: CloseFrame = { type: 'TOKEN_EXPIRED', retry: false };

export function createPeer(connection: Connection, ports: PeerPorts): Peer {
  const { wallClock, timers, logger, counters, bounds, onEnd } = ports;
  const { label } = connection;
  let state: PeerState = { phase: 'greeting', awaitsSchema: undefined };
  let takesWrites = true;
  let isPaused = false;
  const expiry = createExpiryWatch(timers, wallClock, label, () => peer.close(tokenExpired));
  const heartbeat: Heartbeat = startHeartbeat(timers, label, giveUp);
  const helloTimer = timers.schedule(`hello timer of ${label}`, bounds.helloTimeoutMs, missHello);

  function missHello(): void {
    countRefusal(counters, 'helloTimeoutMs');
    peer.close(overBound('helloTimeoutMs', bounds));
  }
  const queue = createSendQueue(connection, ports, {
    onBehind: ports.onBehind,
    onCaughtUp: (isStale) => ports.onCaughtUp(peer, isStale),
    onTooSlow: () => peer.close(slowReader(bounds)),
  });

  function giveUp(): void {
    if (state.phase === 'closed') return;
    logger.info(`${label}: given up`);
    peer.end();
    hangUp();
  }

  /** Whatever the socket makes of it: it is over for the server. */
  function hangUp(): void {
    try {
      connection.terminate();
    } catch (error) {
      logger.warn(`${label}: terminating failed: ${errorText(error)}`);
    }
  }

  /** A socket that cannot be closed is the matter of its own end alone, in the midst of a commit too (H4). */
  function sayGoodbye(frame: CloseFrame): void {
    try {
      connection.close(closeCode, encodeCloseFrame(frame));
    } catch (error) {
      logger.warn(`${label}: closing failed: ${errorText(error)}`);
      hangUp();
    }
  }

  /** A connection that cannot be written to is given up; whoever else was to be sent something still is (H4). */
  function transmit(data: string, leadsOn: boolean): void {
    try {
      connection.send(data);
      counters.framesSent += 1;
      if (state.phase === 'open') queue.sent(leadsOn);
    } catch (error) {
      logger.warn(`${label}: sending failed: ${errorText(error)}`);
      giveUp();
    }
  }

  const peer: Peer = {
    label,
    subscriptions: new Map(),
    state: () => state,
    heard: heartbeat.heard,
    greeted: helloTimer.cancel,
    pauseReading() {
      if (state.phase === 'closed' || connection.pause === undefined) return;
      isPaused = true;
      heartbeat.pause();
      connection.pause();
    },
    resumeReading() {
      if (!isPaused) return;
      isPaused = false;
      heartbeat.resume();
      connection.resume?.();
    },
    awaitSchema(hello) {
      if (state.phase === 'greeting') state = { phase: 'greeting', awaitsSchema: hello };
    },
    open(session) {
      if (state.phase === 'closed') return;
      const isNewToken = state.phase === 'greeting' || state.session.token !== session.token;
      state = { phase: 'open', session };
      if (isNewToken) expiry.arm(session.token.expiresAtMs);
    },
    sendControl(frame) {
      if (state.phase !== 'closed') transmit(encodeServerFrame(frame), false);
    },
    sendData(encode, leadsOn = false) {
      if (peer.isCurrent()) transmit(encode(), leadsOn);
    },
    sendUpdate(encode) {
      if (!queue.isBehind()) peer.sendData(encode, true);
    },
    isBehind: queue.isBehind,
    drained() {
      if (state.phase !== 'closed') queue.drained();
    },
    drop(subscription, group, error) {
      peer.subscriptions.delete(subscription);
      // The commit that it comes of may have more to say to this connection.
      peer.sendData(() => encodeServerFrame({ type: 'subscriptionFailed', subscription, group, error }), true);
    },
    isCurrent() {
      if (state.phase !== 'open') return false;
      const { expiresAtMs } = state.session.token;
      if (expiresAtMs === undefined || wallClock.now() < expiresAtMs) return true;
      peer.close(tokenExpired);
      return false;
    },
    takeNoWrites() {
      takesWrites = false;
    },
    takesWrites: () => takesWrites,
    close(frame) {
      if (state.phase === 'closed') return;
      logger.info(`${label}: closing with ${frame.type}${frame.message === undefined ? '' : `: ${frame.message}`}`);
      // Else the other end's part of the closing would never be read.
      peer.resumeReading();
      peer.end();
      sayGoodbye(frame);
    },
    bufferedBytes: connection.unsentBytes,
    end() {
      if (state.phase === 'closed') return;
      state = { phase: 'closed' };
      expiry.cancel();
      heartbeat.cancel();
      helloTimer.cancel();
      queue.cancel();
      onEnd(peer);
    },
  };
  return peer;
}
