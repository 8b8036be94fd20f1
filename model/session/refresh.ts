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
  const untilExpiryMs = token.expiresAtMs === null || token.flaw === 'undecodable' ? null : token.expiresAtMs - 1_000 - wallMs(state, name);
  const delayMs = session.intervalMs ?? untilExpiryMs;
  return delayMs === null ? idle : { at: 'due', dueMs: state.nowMs + Math.max(1_000, delayMs), byTimer: true };
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
    const session = clientOf(before, name).session;
    if (session?.cycle.at !== 'asking' || before.nowMs - session.cycle.sinceMs < before.decisions.handlerTimeoutMs) return before;
    return askAgain(withSession(settle(before, name, session.waitingStart, null), name, { waitingStart: null }), name);
  }, state);
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
  if (cycle?.at === 'due' && state.nowMs >= cycle.dueMs)
    return withSession(state, name, { cycle: { at: 'asking', call, sinceMs: state.nowMs } });
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
  const told = withSession(settle(state, name, session.waitingStart, null), name, { waitingStart: null });
  if (token === null || isUnusable(told, name, token)) return askAgain(told, name);
  if (client.connection !== null) {
    const submitted = withSession(told, name, { cycle: state.decisions.cycleWhileSubmitting(told, name, session, token) });
    return withClient(submitted, name, { updates: [...client.updates, { promise: null, token, request: null }] });
  }
  const kept = withSession(told, name, { token, isUnproven: true, cycle: idle, reconnectsOnToken: false });
  const stored = state.decisions.refreshFromStart(kept, name);
  return session.reconnectsOnToken ? withClient(stored, name, { attemptDue: { atMs: state.nowMs, byTimer: false } }) : stored;
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
  if (token.flaw === 'undecodable' || isExpiredAtClient(state, client, token)) return true;
  return client.session !== null && client.knowsRoles && !sameRolesAtClient(state, client.session.token, token);
}
