/**
 * The session of a client (S1–S3, S6–S10): follows the table in session-table.ts, and around it keeps the token, its
 * updates and the refresh cycle. What is sent and heard besides (writes, results) belongs to others, by `SessionHost`.
 */
import type { ClientFrame, CloseFrame, ServerFrame } from '../protocol/frames.ts';
import { protocolVersion } from '../protocol/frames.ts';
import type { Logger, Timer, Timers, Transport, WallClock } from '../runtime/ports.ts';
import { reconnectDelayMs } from './backoff.ts';
import { type Connection, dial } from './connection.ts';
import { NoActiveSessionError } from './errors.ts';
import { createRefreshCycle, type RefreshCycle, type RefreshOptions } from './refresh.ts';
import { type Effect, type Status, sessionTable, type Trigger } from './session-table.ts';
import { createTokenUpdates, refusal, type TokenUpdates, type UpdateOutcome } from './token-updates.ts';
import { isExpired, type TokenReader, whatIsWrong } from './tokens.ts';
import type { Turns } from './turns.ts';

export const closeTimeoutMs = 5_000;

export const sessionErrorTypes = ['UNAUTHORIZED', 'TOKEN_EXPIRED', 'ROLES_MISMATCH', 'SCHEMA_MISMATCH'] as const;
export type SessionErrorType = (typeof sessionErrorTypes)[number];
export interface SessionError {
  readonly type: SessionErrorType;
  readonly message: string;
}

/** What the session needs of the rest of the client. */
export interface SessionHost {
  onStatus(status: Status): void;
  onError(error: SessionError): void;
  /** A session began or ended: what an earlier one was told is history (Q6). */
  onNewSession(): void;
  /** Calls back with the client's id, at once where it is known. */
  identify(onKnown: (clientId: string) => void, onFailed: () => void): void;
  /** After acceptance: first the writes, then (after the token updates) the subscriptions. */
  sendWrites(send: Send): void;
  sendSubscriptions(send: Send): void;
  onData(frame: DataFrame): void;
}
export type Send = (frame: ClientFrame) => void;
export type DataFrame = Exclude<ServerFrame, { readonly type: 'accepted' | 'tokenAccepted' | 'tokenRefused' | 'pong' }>;

export interface SessionPorts {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly wallClock: WallClock;
  readonly logger: Logger;
  readonly turns: Turns;
  readonly tokens: TokenReader;
  /** Undefined: the client stays local. */
  readonly serverUrl: string | undefined;
}

export interface SessionStart {
  readonly token: string;
  readonly connect: boolean;
  readonly refresh: RefreshOptions | undefined;
}

export interface SessionMachine {
  status(): Status;
  token(): string | undefined;
  /** `done` is called once, when the start is complete (S2). */
  start(start: SessionStart, done: () => void): void;
  update(token: string, settle: (outcome: UpdateOutcome) => void): void;
  end(): void;
  connect(): void;
  disconnect(): void;
  /** Sends on the accepted connection; without one nothing happens: what matters is sent after the next acceptance. */
  send: Send;
}

interface Session {
  token: string;
  readonly updates: TokenUpdates;
  refresh: RefreshCycle | undefined;
  /** Whether the token that the handler yields next begins an attempt (S7). */
  reconnectsOnToken: boolean;
  /** Tells the start that waits for the handler's first answer (S2). */
  onFirstAnswer: () => void;
}

const nothing = (): void => {};

export function createSessionMachine(ports: SessionPorts, host: SessionHost): SessionMachine {
  const { timers, tokens, turns, logger } = ports;
  let status: Status = 'UNINITIALIZED';
  let session: Session | undefined;
  let connection: Connection | undefined;
  let failures = 0;
  let reconnectTimer: Timer | undefined;
  let closingTimer: Timer | undefined;

  const effects: Readonly<Record<Effect, () => void>> = {
    dial: beginAttempt,
    greet,
    override: () => letGo((gone) => gone.close({ type: 'CONNECTION_OVERRIDE', retry: false })),
    leave: () => letGo((gone) => gone.close({ type: 'MANUAL_DISCONNECT', retry: false })),
    forget: () => letGo(nothing),
    giveUp: () => letGo((gone) => gone.giveUp()),
    bow: () => {
      connection?.close({ type: 'MANUAL_DISCONNECT', retry: false });
      closingTimer = timers.schedule('closing', closeTimeoutMs, () => turns.run(() => fire('closeTimedOut')));
    },
    scheduleReconnect: () => {
      reconnectTimer = timers.schedule('reconnect', reconnectDelayMs(failures), () => turns.run(() => fire('connect')));
      failures += 1;
    },
    cancelReconnect: () => reconnectTimer?.cancel(),
  };

  function fire(trigger: Trigger): void {
    const transition = sessionTable[status][trigger];
    if (transition === undefined) return;
    const before = status;
    status = transition.to;
    if (status !== before) host.onStatus(status);
    for (const effect of transition.effects) effects[effect]();
  }

  function letGo(how: (gone: Connection) => void): void {
    closingTimer?.cancel();
    if (connection === undefined) return;
    how(connection);
    connection.forget();
    connection = undefined;
  }

  function beginAttempt(): void {
    const attempt = dial(ports.serverUrl ?? '', ports, {
      onOpen: () => sayHello(attempt),
      onFrame: hear,
      onBeat: () => send({ type: 'ping' }),
      onOver: onConnectionOver,
    });
    connection = attempt;
  }

  function sayHello(attempt: Connection): void {
    host.identify(
      (clientId) => {
        if (!attempt.isLive() || session === undefined) return;
        attempt.send({ type: 'hello', versions: [protocolVersion], clientId, token: session.token });
      },
      () => {
        if (!attempt.isLive()) return;
        attempt.giveUp();
        onConnectionOver(null);
      },
    );
  }

  function send(frame: ClientFrame): void {
    if (status === 'OPEN') connection?.send(frame);
  }

  function greet(): void {
    failures = 0;
    host.sendWrites(send);
    session?.updates.sendWaiting(send);
    host.sendSubscriptions(send);
    session?.refresh?.accepted();
  }

  function hear(frame: ServerFrame): void {
    switch (frame.type) {
      case 'accepted':
        return fire('accepted');
      case 'tokenAccepted':
        return hearTokenAnswer(frame.request, { outcome: 'accepted' });
      case 'tokenRefused':
        return hearTokenAnswer(frame.request, refusal(frame.reason));
      case 'pong':
        return;
      default:
        if (status === 'OPEN') host.onData(frame);
    }
  }

  function hearTokenAnswer(request: number, outcome: UpdateOutcome): void {
    const update = session?.updates.take(request);
    if (session === undefined || update === undefined) return logger.warn(`The server answered token update ${request}, which was not asked.`);
    if (outcome.outcome === 'accepted') {
      session.token = update.token;
      session.refresh?.accepted();
    }
    update.settle(outcome);
  }

  function onConnectionOver(closing: CloseFrame | null): void {
    if (status === 'CLOSING') return fire('lost');
    const type = closing?.type ?? 'UNKNOWN';
    fire(closing?.retry === false ? 'refused' : 'lost');
    const error = sessionErrorTypes.find((candidate) => candidate === type);
    if (error !== undefined) host.onError({ type: error, message: closing?.message ?? '' });
    storeUpdates(type === 'ROLES_MISMATCH');
    if (error !== undefined) askHandler(error);
  }

  function storeUpdates(mismatch: boolean): void {
    const stored = session;
    stored?.updates.storeAll((token) => {
      stored.token = token;
    }, mismatch);
  }

  /** The server wants another token, and the handler may have one (S7, table of S9). */
  function askHandler(error: SessionErrorType): void {
    if (session?.refresh === undefined || error === 'SCHEMA_MISMATCH') return;
    session.reconnectsOnToken = true;
    if (error === 'TOKEN_EXPIRED') session.refresh.askNow();
    else session.refresh.askLater();
  }

  function readCurrent() {
    return session === undefined ? undefined : tokens.read(session.token);
  }

  function untilExpiryMs(): number | undefined {
    const expiresAtMs = readCurrent()?.expiresAtMs;
    return expiresAtMs === undefined ? undefined : expiresAtMs - ports.wallClock.now();
  }

  function update(token: string, settle: (outcome: UpdateOutcome) => void): void {
    if (session === undefined) return settle({ outcome: 'failed', error: new NoActiveSessionError() });
    const error = whatIsWrong(tokens.read(token), readCurrent(), ports.wallClock.now());
    if (error !== undefined) return settle({ outcome: 'failed', error });
    if (status === 'OPEN' || status === 'CONNECTING') {
      session.updates.add({ token, settle });
      if (status === 'OPEN') session.updates.sendWaiting(send);
      return;
    }
    session.token = token;
    settle({ outcome: 'stored' });
  }

  function beginRefresh(options: RefreshOptions | undefined): RefreshCycle | undefined {
    if (options === undefined) return undefined;
    return createRefreshCycle(options, {
      timers,
      turns,
      logger,
      untilExpiryMs,
      submit: submitOfHandler,
      onScheduled,
      onAnswered: () => session?.onFirstAnswer(),
    });
  }

  /** The way of `updateSessionToken`; the first token after a refusal also begins an attempt. */
  function submitOfHandler(token: string, settle: (outcome: UpdateOutcome) => void): void {
    const isAttached = isAttachedTo(true);
    update(token, (outcome) => {
      settle(outcome);
      if (isAttached || outcome.outcome !== 'stored' || session?.reconnectsOnToken !== true) return;
      session.reconnectsOnToken = false;
      fire('connect');
    });
  }

  /** The handler's calls follow an acceptance again: none of them is the answer to a refusal any more. */
  function onScheduled(): void {
    if (session !== undefined) session.reconnectsOnToken = false;
  }

  function start({ token, connect, refresh }: SessionStart, done: () => void): void {
    const wantsConnection = connect && ports.serverUrl !== undefined;
    if (connect && !wantsConnection) logger.warn('There is no serverUrl to connect to: the session stays local.');
    const isSame = session !== undefined && session.token === token && session.updates.isEmpty();
    const begun = isSame && session !== undefined ? continueSession(session) : replaceSession(token);
    const asksFirst = refresh !== undefined && isExpired(tokens.read(token), ports.wallClock.now());
    begun.refresh = beginRefresh(refresh);
    begun.reconnectsOnToken = false;
    if (isSame) resume(begun, wantsConnection, asksFirst);
    else fire(wantsConnection && !asksFirst ? 'startConnected' : 'startClosed');
    if (!asksFirst || isAttachedTo(wantsConnection)) return done();
    begun.reconnectsOnToken = wantsConnection;
    begun.onFirstAnswer = once(done);
    begun.refresh?.askNow();
  }

  /** A connection that is wanted and there. */
  function isAttachedTo(wanted: boolean): boolean {
    return wanted && (status === 'OPEN' || status === 'CONNECTING');
  }

  function once(done: () => void): () => void {
    let isDone = false;
    return () => {
      if (!isDone) done();
      isDone = true;
    };
  }

  function continueSession(same: Session): Session {
    same.refresh?.stop();
    same.onFirstAnswer();
    same.onFirstAnswer = nothing;
    return same;
  }

  /** The same token again: a live connection stays, and the schedule begins anew from here (S2). */
  function resume(same: Session, wantsConnection: boolean, asksFirst: boolean): void {
    if (status === 'OPEN') same.refresh?.accepted();
    if (!wantsConnection) return disconnect();
    if (asksFirst && !isAttachedTo(true)) fire('disconnect');
    else fire('connect');
  }

  function replaceSession(token: string): Session {
    const replaced = session;
    failures = 0;
    session = { token, updates: createTokenUpdates(), refresh: undefined, reconnectsOnToken: false, onFirstAnswer: nothing };
    dispose(replaced);
    host.onNewSession();
    return session;
  }

  function dispose(gone: Session | undefined): void {
    gone?.refresh?.stop();
    gone?.updates.rejectAll();
    gone?.onFirstAnswer();
  }

  function end(): void {
    const ended = session;
    session = undefined;
    dispose(ended);
    fire('end');
    if (ended !== undefined) host.onNewSession();
  }

  function connect(): void {
    if (session !== undefined && ports.serverUrl !== undefined) fire('connect');
  }

  function disconnect(): void {
    if (session !== undefined) session.reconnectsOnToken = false;
    fire('disconnect');
    storeUpdates(false);
  }

  return { status: () => status, token: () => session?.token, start, update, end, connect, disconnect, send };
}
