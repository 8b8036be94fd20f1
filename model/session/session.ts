/** The session of a client: what the calls of its user do to it (S1, S2, S3, S10). */
import type { ClientName, Command, Status, Token } from '../actions.ts';
import { clientOf, settle, withClient, withSession, withStatus } from '../change.ts';
import { type ClientState, dialectOf, type Session, type State, type Subscription } from '../state.ts';
import { askNow, endCall, onAnswered, reschedule, scheduleFromStart } from './refresh.ts';
import { isExpiredAtClient, sameRolesAtClient } from './token-judgement.ts';

type Start = Extract<Command, { readonly do: 'startSession' }>;

/** Replaces what was there; the same token again, with no update pending, keeps a live connection (S2). */
export function startSession(state: State, name: ClientName, command: Start): State {
  const client = clientOf(state, name);
  const isSame = client.session !== null && tokenInUse(state, client)?.label === command.token.label;
  const released = settle(rejectUpdates(state, name), name, client.session?.waitingStart ?? null, null);
  return isSame ? continueSession(released, name, command) : replaceSession(released, name, command);
}

/** null while an update is pending: what the server will make of it is not known, except where it has resolved all the same. */
function tokenInUse(state: State, { session, updates }: ClientState): Token | null {
  const last = updates.at(-1);
  if (last !== undefined) return dialectOf(state).resolvesUpdatesUnanswered ? last.token : null;
  return session?.token ?? null;
}

function newSession(command: Start): Session {
  return {
    token: command.token,
    intervalMs: command.refresh?.intervalMs ?? null,
    hasHandler: command.refresh !== null,
    cycle: { at: 'idle' },
    reconnectsOnToken: false,
    isUnproven: false,
    waitingStart: null,
  };
}

function replaceSession(state: State, name: ClientName, command: Start): State {
  const left = leaveSession(state, name);
  const begun = withClient(left, name, { ...detached(clientOf(left, name)), session: newSession(command), failuresInARow: 0 });
  if (asksFirst(begun, name)) return askFirst(withStatus(begun, name, unconnected(begun)), name, command);
  const resolved = scheduleFromStart(settle(begun, name, command.promise, null), name);
  if (!command.connect) return withStatus(resolved, name, unconnected(resolved));
  return beginAttempt(dialectOf(state).tellsReplacedClosing ? withStatus(resolved, name, 'UNINITIALIZED') : resolved, name);
}

/** A dialect tells CLOSING of a session that is left. */
function leaveSession(before: State, name: ClientName): State {
  const state = isCloseUntold(before, name) ? withoutUntoldClose(before, name) : before;
  return dialectOf(state).tellsReplacedClosing && clientOf(state, name).session !== null ? withStatus(state, name, 'CLOSING') : state;
}

/** A dialect tells the session error first: until CLOSED is told as well, whoever calls sees a live connection. */
function isCloseUntold(state: State, name: ClientName): boolean {
  return dialectOf(state).tellsErrorBeforeStatus && clientOf(state, name).expectedStatuses.at(-1) === 'CLOSED';
}

function withoutUntoldClose(state: State, name: ClientName): State {
  return withClient(state, name, { expectedStatuses: clientOf(state, name).expectedStatuses.slice(0, -1) });
}

/** The status of a session that has never been connected. */
function unconnected(state: State): Status {
  return dialectOf(state).tellsReplacedClosing ? 'UNINITIALIZED' : 'CLOSED';
}

function continueSession(state: State, name: ClientName, command: Start): State {
  const isLive = clientOf(state, name).connection !== null;
  const renewed = reschedule(withClient(state, name, { session: newSession(command) }), name);
  if (isLive && command.connect && dialectOf(state).beginsWithAnswer && asksFirst(renewed, name)) return askFirst(renewed, name, command);
  if ((isLive || isCloseUntold(state, name)) && command.connect) return settle(renewed, name, command.promise, null);
  const stopped = command.connect ? withClient(renewed, name, { attemptDue: null }) : disconnect(renewed, name);
  if (asksFirst(stopped, name)) return askFirst(stopped, name, command);
  const resolved = settle(stopped, name, command.promise, null);
  return command.connect ? beginAttempt(resolved, name) : resolved;
}

function asksFirst(state: State, name: ClientName): boolean {
  const client = clientOf(state, name);
  return client.session?.hasHandler === true && isExpiredAtClient(state, client, client.session.token);
}

function askFirst(state: State, name: ClientName, command: Start): State {
  return withSession(askNow(state, name), name, { waitingStart: command.promise, reconnectsOnToken: command.connect });
}

/** The handler answers: a call that has begun a session goes on, in a dialect, with what there is. */
export function takeAnswer(state: State, name: ClientName, call: number, token: Token | null): State {
  const { session } = clientOf(state, name);
  const isAnswered = session !== null && session.cycle.at === 'asking' && session.cycle.call === call;
  return isAnswered && isBeginning(state, session)
    ? beginWith(state, name, session, token ?? session.token)
    : onAnswered(state, name, call, token);
}

/** In a dialect there is no session until the handler has answered. */
export function isBeginning(state: State, session: Session): boolean {
  return dialectOf(state).beginsWithAnswer && session.waitingStart !== null;
}

/** A session that goes on under another token is replaced. */
function beginWith(state: State, name: ClientName, session: Session, token: Token): State {
  const told = settle(state, name, session.waitingStart, null);
  const isReplaced = token.label !== session.token.label && clientOf(state, name).status !== unconnected(state);
  const left = isReplaced ? withClient(leaveSession(told, name), name, detached(clientOf(told, name))) : told;
  const begun: Session = { ...session, token, cycle: { at: 'idle' }, waitingStart: null, reconnectsOnToken: false };
  const stored = scheduleFromStart(
    withClient(isReplaced ? withStatus(left, name, unconnected(left)) : left, name, { session: begun }),
    name,
  );
  return session.reconnectsOnToken && clientOf(stored, name).connection === null ? beginAttempt(stored, name) : stored;
}

export function beginAttempt(state: State, name: ClientName): State {
  return withClient(state, name, { closing: null, attemptDue: { atMs: state.nowMs, byTimer: false } });
}

/** Connection and timers forgotten; subscriptions wait for their next first answer (Q6). */
function detached(client: ClientState): Partial<ClientState> {
  const subscriptions: Record<string, Subscription> = {};
  for (const [key, subscription] of Object.entries(client.subscriptions)) subscriptions[key] = unfulfilled(subscription);
  return { connection: null, closing: null, attemptDue: null, updates: [], subscriptions };
}

/** What is still to be shown is told truly at the moment of telling: unfulfilled (Q6). */
export function unfulfilled(subscription: Subscription): Subscription {
  const candidates = subscription.candidates.map((candidate) => ({ ...candidate, fulfilled: false }));
  return { ...subscription, candidates, fulfilled: false, answeredOn: null };
}

function rejectUpdates(state: State, name: ClientName): State {
  const { updates } = clientOf(state, name);
  const rejected = updates.reduce((before, update) => settle(before, name, update.promise, 'NoActiveSessionError'), state);
  return withClient(rejected, name, { updates: [] });
}

export function endSession(state: State, name: ClientName, promise: string): State {
  const client = clientOf(state, name);
  const resolved = settle(state, name, promise, null);
  if (client.session === null) return resolved;
  const released = leaveSession(settle(rejectUpdates(resolved, name), name, client.session.waitingStart, null), name);
  return withStatus(withClient(released, name, { ...detached(clientOf(released, name)), session: null }), name, 'UNINITIALIZED');
}

/** Begins an attempt from CLOSED or CLOSING; otherwise nothing (S2). */
export function connect(state: State, name: ClientName): State {
  const { session, status } = clientOf(state, name);
  if (session === null || isBeginning(state, session)) return state;
  if (status === 'OPEN' || status === 'CONNECTING' || isCloseUntold(state, name)) return state;
  return beginAttempt(state, name);
}

/** Closes a live connection and forbids reconnecting by itself; what updates were pending is stored (S3, S9). */
export function disconnect(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  if (client.session === null) return state;
  const quiet = withSession(withClient(state, name, { attemptDue: null }), name, { reconnectsOnToken: false });
  if (isCloseUntold(state, name)) return withStatus(withStatus(withoutUntoldClose(quiet, name), name, 'CLOSING'), name, 'CLOSED');
  if (client.connection === null) return quiet;
  const closing = { connection: client.connection, sinceMs: state.nowMs };
  return withStatus(withClient(storeUpdates(quiet, name), name, { connection: null, closing }), name, 'CLOSING');
}

/** The pending updates go into the session: the last one wins, all resolve (S3). A handler's own ends its call (S7). */
export function storeUpdates(state: State, name: ClientName): State {
  const { updates } = clientOf(state, name);
  const last = updates.at(-1);
  if (last === undefined) return state;
  const resolved = updates.reduce((before, update) => settle(before, name, update.promise, null), state);
  const stored = withSession(withClient(resolved, name, { updates: [] }), name, { token: last.token, isUnproven: last.promise === null });
  return updates.some((update) => update.promise === null) ? endCall(stored, name) : stored;
}

/** The checks of S3, in their order. */
export function updateSessionToken(state: State, name: ClientName, promise: string, token: Token): State {
  const client = clientOf(state, name);
  if (client.session === null || isBeginning(state, client.session)) return settle(state, name, promise, 'NoActiveSessionError');
  if (token.flaw === 'undecodable') return settle(state, name, promise, 'TokenDecodingError');
  if (isExpiredAtClient(state, client, token)) return settle(state, name, promise, 'TokenExpiredError');
  if (client.knowsRoles && !sameRolesAtClient(state, client.session.token, token))
    return settle(state, name, promise, 'SessionRolesMismatchError');
  if (client.connection === null) return settle(withSession(state, name, { token, isUnproven: false }), name, promise, null);
  const isSettled = dialectOf(state).resolvesUpdatesUnanswered;
  const update = { promise: isSettled ? settledAlready : promise, token, request: null };
  return withClient(isSettled ? settle(state, name, promise, null) : state, name, { updates: [...client.updates, update] });
}

/** The name of no promise: what comes of the update is nobody's to hear. */
const settledAlready = 'settled already';
