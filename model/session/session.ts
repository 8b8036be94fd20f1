/** The session of a client, as the calls of its user and the ends of its connections change it (S2, S3, S10). */

import { clientOf, settle, withClient, withSession } from '../change.ts';
import type { ClientState, Subscription } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import { attemptAtOnce, waitForHandler } from './refresh.ts';

/** At once, or when the handler has been asked (S7). */
export function beginAttempt(state: State, name: ClientName): State {
  return state.decisions.asksBeforeAttempt(state, name) ? waitForHandler(state, name) : attemptAtOnce(state, name, false);
}

/** Connection and timers forgotten; subscriptions wait for their next first answer (Q6). */
export function detached(client: ClientState): Partial<ClientState> {
  const subscriptions = Object.fromEntries(Object.entries(client.subscriptions).map(([key, known]) => [key, unfulfilled(known)]));
  return { connection: null, closing: null, attemptDue: null, undrawnBackOffMs: null, updates: [], subscriptions };
}

/** What is still to be shown is told truly at the moment of telling: unfulfilled (Q6). */
export function unfulfilled(subscription: Subscription): Subscription {
  const candidates = subscription.candidates.map((candidate) => ({ ...candidate, fulfilled: false }));
  return { ...subscription, candidates, fulfilled: false, answeredOn: null };
}

/** The pending updates go into the session: the last one wins, all resolve (S3). A handler's own ends its call (S7). */
export function storeUpdates(state: State, name: ClientName): State {
  const { updates } = clientOf(state, name);
  const last = updates.at(-1);
  if (last === undefined) return state;
  const resolved = updates.reduce((before, update) => settle(before, name, update.promise, null), state);
  const { token, promise, isDisputed } = last;
  const stored = withSession(withClient(resolved, name, { updates: [] }), name, { token, isUnproven: promise === null, isDisputed });
  return updates.some((update) => update.promise === null) ? stored.decisions.refreshAfterCall(stored, name) : stored;
}

/** A session that is ended or replaced takes its pending updates and its waiting start with it (S2, S3, S10). */
export function releasePromises(state: State, name: ClientName): State {
  const { updates, session } = clientOf(state, name);
  const rejected = updates.reduce((before, update) => settle(before, name, update.promise, 'NoActiveSessionError'), state);
  return settle(withClient(rejected, name, { updates: [] }), name, session?.waitingStart ?? null, null);
}
