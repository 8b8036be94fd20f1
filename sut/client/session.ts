/**
 * The session of a client (S2, S3, S6–S8, S10): its token, the updates of it, and the refresh cycle. Its connection is
 * the connector's; what is sent and heard besides (writes, results) belongs to others, by `SessionHost`.
 */
import type { CloseFrame, ServerCloseType, ServerFrame } from '../protocol/frames.ts';
import type { WallClock } from '../runtime/ports.ts';
import { type ConnectorPorts, createConnector, type Introduction, type Send } from './connector.ts';
import { NoActiveSessionError } from './errors.ts';
import { createRefreshCycle, type RefreshCycle, type RefreshOptions } from './refresh.ts';
import type { Status } from './session-table.ts';
import { createTokenUpdates, refusal, type TokenUpdate, type TokenUpdates, type UpdateOutcome } from './token-updates.ts';
import { isExpired, type TokenReader, whatIsWrong } from './tokens.ts';

/** Why the server closed for good; INTERNAL_ERROR: the client broke the protocol; LIMIT_EXCEEDED: it sent a frame that is too long. */
export type SessionErrorType = ServerCloseType;
export interface SessionError {
  readonly type: SessionErrorType;
  /** What the server said besides; may be empty. */
  readonly message: string;
}

/** Frames that are no matter of the session. */
export type DataFrame = Exclude<ServerFrame, { readonly type: 'accepted' | 'schemaRequested' | 'tokenAccepted' | 'tokenRefused' | 'pong' }>;

/** What the session needs of the rest of the client. */
export interface SessionHost {
  onStatus(status: Status): void;
  onError(error: SessionError): void;
  /** A session began or ended: what an earlier one was told is history (Q6). */
  onNewSession(): void;
  identify(onKnown: (introduction: Introduction) => void, onFailed: () => void): void;
  /** What comes from here on is the word of that incarnation of the log (W2). */
  onAccepted(incarnation: string): void;
  /** The log is not the one that was heard of. */
  onDiverged(): void;
  /** After acceptance: first the writes, then (after the token updates) the subscriptions. */
  sendWrites(send: Send): void;
  sendSubscriptions(send: Send): void;
  onData(frame: DataFrame): void;
}

export interface SessionPorts extends Omit<ConnectorPorts, 'serverUrl'> {
  readonly wallClock: WallClock;
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
  /** The client's id is another: a live connection is left for one under the new id (K1, W1, W2). */
  renew(): void;
  /** A live connection is given up, as after a network loss: another attempt follows by itself (S9). */
  giveUp(): void;
  send: Send;
}

interface Session {
  token: string;
  readonly updates: TokenUpdates;
  refresh: RefreshCycle | undefined;
  /** The token came from the handler and no server has accepted it yet. */
  isUnproven: boolean;
  /** The client's clock called the token expired when the handler brought it: no attempt asks about it again (S7). */
  isDisputed: boolean;
  /** Whether the token that the handler yields next begins an attempt (S7). */
  reconnectsOnToken: boolean;
  /** An attempt waits until the handler has been asked, whatever comes of it (S7). */
  attemptWaits: boolean;
  /** Completes the start whose attempt waits for the handler (S2). */
  completeStart: () => void;
}

/** Another token may mend these. */
const tokenErrors: readonly SessionErrorType[] = ['UNAUTHORIZED', 'TOKEN_EXPIRED', 'ROLES_MISMATCH'];

/** Why the server wants no other attempt like it; undefined where it said nothing of the kind. The client's own reasons are none of a server. */
function verdictOf(closing: CloseFrame | null): SessionErrorType | undefined {
  if (closing === null || closing.retry || closing.type === 'MANUAL_DISCONNECT' || closing.type === 'CONNECTION_OVERRIDE') return undefined;
  return closing.type;
}

const nothing = (): void => {};

export function createSessionMachine(ports: SessionPorts, host: SessionHost): SessionMachine {
  const { timers, tokens, turns, logger } = ports;
  let session: Session | undefined;

  const connector = createConnector(
    { ...ports, serverUrl: ports.serverUrl ?? '' },
    {
      onStatus: host.onStatus,
      identify: host.identify,
      onAccepted: host.onAccepted,
      onDiverged: host.onDiverged,
      token: () => session?.token,
      greet,
      onFrame: hear,
      onOver: onConnectionOver,
      onRetry: attempt,
    },
  );

  function greet(send: Send): void {
    if (session !== undefined) {
      session.isUnproven = false;
      session.reconnectsOnToken = false;
    }
    host.sendWrites(send);
    session?.updates.sendWaiting(send);
    host.sendSubscriptions(send);
    session?.refresh?.accepted();
  }

  function hear(frame: ServerFrame): void {
    switch (frame.type) {
      case 'tokenAccepted':
        hearTokenAnswer(frame.request, { outcome: 'accepted' });
        break;
      case 'tokenRefused':
        hearTokenAnswer(frame.request, refusal(frame.reason));
        break;
      case 'accepted':
      case 'schemaRequested':
      case 'pong':
        break;
      default:
        host.onData(frame);
    }
  }

  function hearTokenAnswer(request: number, outcome: UpdateOutcome): void {
    const update = session?.updates.take(request);
    if (session === undefined || update === undefined) {
      logger.warn(`The server answered token update ${request}, which was not asked.`);
      return;
    }
    if (outcome.outcome === 'accepted') {
      session.token = update.token;
      session.isDisputed = update.isDisputed;
      session.refresh?.accepted();
    }
    update.settle(outcome);
  }

  /** The table of S9, by the close reason. */
  function onConnectionOver(closing: CloseFrame | null): void {
    if (connector.status() === 'CLOSING') {
      connector.fire('lost');
      return;
    }
    const error = verdictOf(closing);
    connector.fire(error === undefined ? 'lost' : 'refused');
    if (error !== undefined) host.onError({ type: error, message: closing?.message ?? '' });
    storeUpdates(error === 'ROLES_MISMATCH');
    if (error !== undefined) askHandler(error);
  }

  function storeUpdates(mismatch: boolean): void {
    const holder = session;
    holder?.updates.storeAll((last) => store(holder, last), mismatch);
  }

  function store(holder: Session, { token, isHandlers, isDisputed }: TokenUpdate): void {
    holder.token = token;
    holder.isUnproven = isHandlers;
    holder.isDisputed = isDisputed;
  }

  /** The server wants another token, and the handler may have one (S7). */
  function askHandler(error: SessionErrorType): void {
    if (session?.refresh === undefined || !tokenErrors.includes(error)) return;
    session.reconnectsOnToken = true;
    // A handler that brings expired tokens (a client whose clock is behind) must not be asked without pause.
    if (error === 'TOKEN_EXPIRED' && !session.isUnproven) session.refresh.askUnlessRetrying();
    else session.refresh.askLater();
  }

  function update(update: TokenUpdate): void {
    const { settle } = update;
    if (session === undefined) {
      settle({ outcome: 'failed', error: new NoActiveSessionError() });
      return;
    }
    const error = wrongWith(session, update);
    if (error !== undefined) {
      settle({ outcome: 'failed', error });
    } else if (connector.isAttached()) {
      session.updates.add(update);
      if (connector.status() === 'OPEN') session.updates.sendWaiting(connector.send);
    } else {
      store(session, update);
      settle({ outcome: 'stored' });
    }
  }

  function wrongWith(current: Session, { token, isHandlers }: TokenUpdate) {
    return whatIsWrong(tokens.read(token), tokens.read(current.token), isHandlers ? undefined : ports.wallClock.now());
  }

  function isExpiredNow(token: string): boolean {
    return isExpired(tokens.read(token), ports.wallClock.now());
  }

  function beginRefresh(options: RefreshOptions): RefreshCycle {
    return createRefreshCycle(options, {
      timers,
      turns,
      logger,
      untilExpiryMs,
      submit: submitOfHandler,
      // The handler's calls follow an acceptance again: none of them is the answer to a refusal any more.
      onScheduled: () => {
        if (session !== undefined) session.reconnectsOnToken = false;
      },
      onAnswered: beginWaitingAttempt,
    });
  }

  /** With whatever token there is by now. */
  function beginWaitingAttempt(): void {
    if (session === undefined) return;
    session.completeStart();
    if (!session.attemptWaits) return;
    session.attemptWaits = false;
    connector.fire('connect');
  }

  function untilExpiryMs(): number | undefined {
    const expiresAtMs = session === undefined ? undefined : tokens.read(session.token)?.expiresAtMs;
    return expiresAtMs === undefined ? undefined : expiresAtMs - ports.wallClock.now();
  }

  /** The way of `updateSessionToken`; stored without a connection, it begins an attempt where one is wanted (S7). */
  function submitOfHandler(token: string, settle: (outcome: UpdateOutcome) => void): void {
    const isAttached = connector.isAttached();
    const settleAndConnect = (outcome: UpdateOutcome): void => {
      settle(outcome);
      if (isAttached || outcome.outcome !== 'stored' || session?.reconnectsOnToken !== true) return;
      session.reconnectsOnToken = false;
      connector.fire('connect');
    };
    update({ token, isHandlers: true, isDisputed: isExpiredNow(token), settle: settleAndConnect });
  }

  function start({ token, connect, refresh }: SessionStart, done: () => void): void {
    const wantsConnection = connect && ports.serverUrl !== undefined;
    if (connect && !wantsConnection) logger.warn('There is no serverUrl to connect to: the session stays local.');
    const kept = session?.token === token && session.updates.isEmpty() ? session : undefined;
    const begun = kept === undefined ? replaceSession(token) : releaseHandler(kept);
    begun.refresh = refresh === undefined ? undefined : beginRefresh(refresh);
    begun.isUnproven = false;
    begun.isDisputed = false;
    begun.reconnectsOnToken = false;
    begun.attemptWaits = false;
    if (kept === undefined) begin(begun, wantsConnection);
    else resume(kept, wantsConnection);
    if (begun.attemptWaits) completeLater(begun, done);
    else done();
  }

  function completeLater(begun: Session, done: () => void): void {
    begun.completeStart = () => {
      begun.completeStart = nothing;
      done();
    };
  }

  function begin(begun: Session, wantsConnection: boolean): void {
    if (wantsConnection && !asksFirst(begun)) {
      connector.fire('startConnected');
      return;
    }
    connector.fire('startClosed');
    if (wantsConnection) postpone(begun);
  }

  /** The same token again: a live connection stays, and the schedule begins anew from here (S2). */
  function resume(kept: Session, wantsConnection: boolean): void {
    if (connector.status() === 'OPEN') kept.refresh?.accepted();
    if (wantsConnection) attempt();
    else disconnect();
  }

  /** The client's clock calls the token expired, and not because the handler brought it so. */
  function asksFirst({ token, refresh, isDisputed }: Session): boolean {
    return refresh !== undefined && !isDisputed && isExpiredNow(token);
  }

  /** One is wanted: it begins, or waits until the handler has been asked (S7). Nothing where there is one already. */
  function attempt(): void {
    if (session === undefined || session.attemptWaits || connector.isAttached()) return;
    if (asksFirst(session)) postpone(session);
    else connector.fire('connect');
  }

  function postpone(holder: Session): void {
    connector.fire('postpone');
    holder.refresh?.askNow();
    // Only now: a call that is over in this moment is not the one that is waited for.
    holder.attemptWaits = true;
  }

  function replaceSession(token: string): Session {
    const replaced = session;
    session = {
      token,
      updates: createTokenUpdates(),
      refresh: undefined,
      isUnproven: false,
      isDisputed: false,
      reconnectsOnToken: false,
      attemptWaits: false,
      completeStart: nothing,
    };
    connector.forgetFailures();
    if (replaced !== undefined) dispose(replaced);
    host.onNewSession();
    return session;
  }

  function dispose(gone: Session): void {
    releaseHandler(gone);
    gone.updates.rejectAll();
  }

  /** Whatever the handler may still answer, nobody waits for it. */
  function releaseHandler(holder: Session): Session {
    holder.refresh?.stop();
    holder.completeStart();
    return holder;
  }

  function end(): void {
    const ended = session;
    if (ended === undefined) return;
    session = undefined;
    dispose(ended);
    connector.fire('end');
    host.onNewSession();
  }

  function connect(): void {
    if (ports.serverUrl !== undefined) attempt();
  }

  function disconnect(): void {
    const closed = session;
    if (closed === undefined) return;
    closed.reconnectsOnToken = false;
    closed.attemptWaits = false;
    connector.fire('disconnect');
    storeUpdates(false);
    closed.refresh?.pause();
    closed.completeStart();
  }

  function renew(): void {
    if (session === undefined || !connector.isAttached()) return;
    storeUpdates(false);
    if (asksFirst(session)) postpone(session);
    else connector.fire('renew');
  }

  return {
    status: connector.status,
    token: () => session?.token,
    start,
    update: (token, settle) => update({ token, isHandlers: false, isDisputed: false, settle }),
    end,
    connect,
    disconnect,
    renew,
    giveUp: connector.giveUp,
    send: connector.send,
  };
}
