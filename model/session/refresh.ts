/** When the refresh handler runs, and what becomes of its answer (S7). */

import { clientOf, settle, withClient, withSession } from '../change.ts';
import type { RefreshCycle, Session } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { type State, wallMs } from '../state.ts';
import type { Token } from '../tokens.ts';
import { isExpiredAtClient, sameRolesAtClient } from './token-judgement.ts';

const idle: RefreshCycle = { at: 'idle' };

/** Cycle after an acceptance was heard, or after a new schedule begins on a live connection. */
export function scheduled(state: State, name: ClientName): RefreshCycle {
  const { session } = clientOf(state, name);
  return session === null || !session.hasHandler ? idle : scheduledFor(state, name, session, session.token);
}

export function scheduledFor(state: State, name: ClientName, session: Session, token: Token): RefreshCycle {
  if (!state.decisions.isRefreshable(token)) return idle;
  const untilExpiryMs = token.expiresAtMs === null || token.flaw === 'undecodable' ? null : token.expiresAtMs - wallMs(state, name);
  const delayMs = session.intervalMs ?? (untilExpiryMs === null ? null : state.decisions.delayByExpiryMs(untilExpiryMs));
  return delayMs === null ? idle : { at: 'due', dueMs: state.nowMs + Math.max(1_000, delayMs), byTimer: true };
}

/** A clock by which the token has expired already cannot tell when the server will say so. */
export function delayByExpiryMs(untilExpiryMs: number): number | null {
  return untilExpiryMs > 0 ? untilExpiryMs - 1_000 : null;
}

/** An acceptance schedules the next call, unless one is under way: then its end does. */
export function scheduleAfterAcceptance(state: State, name: ClientName, endsCall: boolean): State {
  const cycle = clientOf(state, name).session?.cycle;
  if (!endsCall && (cycle?.at === 'asking' || cycle?.at === 'submitting')) return state;
  return withSession(state, name, { cycle: scheduled(state, name) });
}

/** The schedule begins anew from now (the same token again, S2). */
export function reschedule(state: State, name: ClientName): State {
  const isOpen = clientOf(state, name).status === 'OPEN';
  return withSession(state, name, { cycle: isOpen ? scheduled(state, name) : idle });
}

/** Asked again after a while: the call yielded nothing usable, or what it yielded was refused. */
export function askAgain(state: State, name: ClientName): State {
  const { session } = clientOf(state, name);
  if (session === null || !session.hasHandler) return state;
  return withSession(state, name, {
    cycle: { at: 'due', dueMs: state.nowMs + state.decisions.askAgainAfterMs(session), byTimer: true },
    failedCalls: session.failedCalls + 1,
  });
}

/** 1 s, doubling with each failure in a row, up to 60 s; `interval` has no say. */
export function askAgainAfterMs({ failedCalls }: Session): number {
  return Math.min(1_000 * 2 ** failedCalls, 60_000);
}

/** A call that has not answered in time has failed, whatever it answers later. */
export function failLateCalls(state: State): State {
  return Object.keys(state.clients).reduce((before: State, name) => {
    const { session, isAsleep } = clientOf(before, name);
    if (isAsleep || session?.cycle.at !== 'asking' || before.nowMs - session.cycle.sinceMs < before.decisions.handlerTimeoutMs)
      return before;
    return failCall(before, name);
  }, state);
}

/** An attempt that waited goes out all the same, with the token that there is (S7). */
function failCall(state: State, name: ClientName): State {
  const again = askAgain(completeStart(state, name), name);
  const { session, attemptDue } = clientOf(again, name);
  if (session?.attemptWaits === true) return attemptAtOnce(again, name, true);
  // Whether the reconnect timer of this moment has fired is not known: if so, the attempt was waiting.
  return attemptDue !== null && isAttemptDue(again, name) ? withClient(again, name, { attemptDue: { ...attemptDue, asked: true } }) : again;
}

function completeStart(state: State, name: ClientName): State {
  const waitingStart = clientOf(state, name).session?.waitingStart ?? null;
  return withSession(settle(state, name, waitingStart, null), name, { waitingStart: null });
}

export function attemptAtOnce(state: State, name: ClientName, asked: boolean): State {
  const free = withSession(state, name, { attemptWaits: false });
  return withClient(free, name, { closing: null, undrawnBackOffMs: null, attemptDue: { atMs: state.nowMs, byTimer: false, asked } });
}

/** The attempt begins when the call has ended that begins now, or that is in flight. */
export function waitForHandler(state: State, name: ClientName): State {
  const waiting = withSession(withClient(state, name, { undrawnBackOffMs: null, attemptDue: null }), name, { attemptWaits: true });
  return waiting.clients[name]?.session?.cycle.at === 'asking' ? waiting : askNow(waiting, name);
}

/** Whether an attempt would be with a token that the client's clock calls expired, and not because the handler brought it so. */
export function asksFirst(state: State, name: ClientName): boolean {
  const client = clientOf(state, name);
  const { session } = client;
  if (session === null || !session.hasHandler || session.isDisputed) return false;
  return isExpiredAtClient(state, client, session.token);
}

/** The back-off is over. */
export function isAttemptDue(state: State, name: ClientName): boolean {
  const { attemptDue } = clientOf(state, name);
  return attemptDue !== null && state.nowMs >= attemptDue.atMs;
}

/** The attempt that is due has the handler asked instead. */
export function mustAsk(state: State, name: ClientName): boolean {
  return isAttemptDue(state, name) && clientOf(state, name).attemptDue?.asked === false && state.decisions.asksBeforeAttempt(state, name);
}

/** The reconnect timer has fired while a call was in flight: that counts as the asking. */
export function waitForCallInFlight(state: State, name: ClientName): State {
  return clientOf(state, name).session?.cycle.at === 'asking' && mustAsk(state, name) ? waitForHandler(state, name) : state;
}

/** Closed by its user: nobody is asked, and what was asked counts as nothing. */
export function stopAsking(state: State, name: ClientName): State {
  return endCall(completeStart(state, name), name);
}

/** The server calls the token expired: asked at once, unless it is to be asked again after failures, or what it brings is over at once. */
export function askSinceExpired(state: State, name: ClientName): State {
  const { session } = clientOf(state, name);
  if (session?.isUnproven === true) return askAgain(state, name);
  if (session !== null && session.failedCalls > 0 && session.cycle.at === 'due') return state;
  const calledMs = session?.calledMs ?? Number.NEGATIVE_INFINITY;
  return state.nowMs - calledMs < 1_000 ? askAgain(state, name) : askNow(state, name);
}

/** The call has come to an end without an acceptance that would schedule the next one. */
export function endCall(state: State, name: ClientName): State {
  return withSession(state, name, { cycle: idle });
}

export function askNow(state: State, name: ClientName): State {
  return withSession(state, name, { cycle: { at: 'due', dueMs: state.nowMs, byTimer: false } });
}

/** The handler is seen to be called: allowed only when it is due (S7). */
export function handlerCalled(state: State, name: ClientName, call: number): State {
  const { session } = clientOf(state, name);
  const cycle = session?.cycle;
  const asking: RefreshCycle = { at: 'asking', call, sinceMs: state.nowMs };
  if (cycle?.at === 'due' && state.nowMs >= cycle.dueMs) return withSession(state, name, { cycle: asking, calledMs: state.nowMs });
  const isFree = cycle?.at === 'due' || cycle?.at === 'idle';
  const isTimerDue = clientOf(state, name).attemptDue?.byTimer === true && isAttemptDue(state, name);
  if (isFree && isTimerDue && state.decisions.asksBeforeAttempt(state, name))
    return withSession(waitForHandler(state, name), name, { cycle: asking, calledMs: state.nowMs });
  const allowed = cycle === undefined ? 'no call: there is no session' : sayCycle(cycle);
  return reject(
    'S7',
    'handler called',
    `the refresh handler of ${name} was called when it was not due`,
    [allowed],
    `call ${call} at ${state.nowMs} ms`,
  );
}

function sayCycle(cycle: RefreshCycle): string {
  switch (cycle.at) {
    case 'idle':
      return 'no call is scheduled';
    case 'due':
      return `a call at ${cycle.dueMs} ms`;
    case 'asking':
      return `no second call while call ${cycle.call} is in flight`;
    case 'submitting':
      return 'no call while its token waits for the server';
  }
}

/** The answer goes the way of `updateSessionToken`; an answer to a session that is gone changes nothing (S2). */
export function handlerAnswered(state: State, name: ClientName, call: number, token: Token | null): State {
  const client = clientOf(state, name);
  const { session } = client;
  if (session === null || session.cycle.at !== 'asking' || session.cycle.call !== call) return withClient(state, name, { late: true });
  if (token === null || isUnusable(state, name, token)) return failCall(state, name);
  const told = completeStart(state, name);
  const isDisputed = isExpiredAtClient(state, client, token);
  if (client.connection !== null) {
    const submitted = withSession(told, name, { cycle: state.decisions.cycleWhileSubmitting(told, name, session, token) });
    return withClient(submitted, name, { updates: [...client.updates, { promise: null, token, request: null, isDisputed }] });
  }
  const kept = withSession(told, name, { token, isUnproven: true, isDisputed, cycle: idle, reconnectsOnToken: false });
  const stored = state.decisions.refreshFromStart(kept, name);
  return session.reconnectsOnToken || session.attemptWaits ? attemptAtOnce(stored, name, true) : stored;
}

/** A close says that another token is needed; a call in flight counts as the asking (S7). */
export function reconnectByHandler(state: State, name: ClientName, ask: (state: State, name: ClientName) => State): State {
  const { session } = clientOf(state, name);
  if (session === null || !session.hasHandler) return state;
  const flagged = withSession(state, name, { reconnectsOnToken: true });
  return session.cycle.at === 'asking' ? flagged : ask(flagged, name);
}

function isUnusable(state: State, name: ClientName, token: Token): boolean {
  const client = clientOf(state, name);
  if (token.flaw === 'undecodable') return true;
  if (!state.decisions.mayHandlersBeExpired && isExpiredAtClient(state, client, token)) return true;
  return client.session !== null && client.knowsRoles && !sameRolesAtClient(state, client.session.token, token);
}
