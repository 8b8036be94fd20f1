/** What each subscription may show, and in which order (Q2, Q3, Q4, Q6): every possible result since the last emission is kept as a candidate. */
import type { Row } from '../../vocabulary/values.ts';
import { clientOf, connectionOf, withClient, withConnection } from '../change.ts';
import type { Candidate, ClientState, Held, Subscription } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { askedToRemember } from '../store/lag.ts';
import { rowsOf } from '../writes/log.ts';
import { cacheKeyOf } from './cache-key.ts';
import { resultOf } from './evaluate.ts';
import { sameRows } from './rows.ts';

function withSubscription(state: State, name: ClientName, subscription: string, change: Partial<Subscription>): State {
  const client = clientOf(state, name);
  const present = entryOf(client.subscriptions, subscription);
  if (present === undefined) return state;
  return withClient(state, name, { subscriptions: { ...client.subscriptions, [subscription]: { ...present, ...change } } });
}

/** The server's answer replaces what the query held; the first of a session is told even if nothing differs (Q6). */
export function answer(state: State, name: ClientName, connection: number, subscription: string, version: number): State {
  const { answersUnderWay } = connectionOf(state, connection);
  const [told] = answersUnderWay.filter((candidate) => candidate.subscription === subscription && candidate.held.version === version);
  const taken = withConnection(state, connection, { answersUnderWay: answersUnderWay.filter((candidate) => candidate !== told) });
  const present = entryOf(clientOf(taken, name).subscriptions, subscription);
  if (told === undefined) return taken;
  if (present === undefined) {
    const query = entryOf(clientOf(taken, name).queries, subscription);
    return query === undefined ? taken : state.decisions.answerEnded(taken, name, query, told.held);
  }
  const isFirst = !present.fulfilled;
  const replaced = withHeld(state.decisions.beforeAnswer(taken, name, present.query, told.held), name, subscription, told.held, {
    answeredOn: connection,
    fulfilled: true,
    expectedFulfilments: present.expectedFulfilments + (isFirst ? 1 : 0),
  });
  return state.decisions.afterAnswer(replaced, name, subscription, isFirst);
}

/**
 * It shows what it held, and is told of once; nothing of this connection reaches it any more (B4, Q6). What ends a subscription that was
 * followed is no matter of one that was asked for since under the same name.
 */
export function fail(
  state: State,
  name: ClientName,
  connection: number,
  { subscription, error, group }: { readonly subscription: string; readonly error: string; readonly group?: string | undefined },
): State {
  const client = clientOf(state, name);
  const present = entryOf(client.subscriptions, subscription);
  if (present === undefined || (group !== undefined && present.answeredOn !== connection)) return state;
  const told = withClient(state, name, { expectedSubscriptionErrors: [...client.expectedSubscriptionErrors, { subscription, error }] });
  return withSubscription(told, name, subscription, { fulfilled: false, answeredOn: null, failedOn: connection });
}

export function advanceSome(state: State, name: ClientName, connection: number, subscriptions: readonly string[], version: number): State {
  const stored = state.decisions.beforeAdvance(state, name, connection, subscriptions, version);
  const advanced = subscriptions.reduce((before, subscription) => advance(before, name, connection, subscription, version), stored);
  return reconsider(advanced, name);
}

export function advanceAll(state: State, name: ClientName, connection: number, version: number): State {
  return advanceSome(state, name, connection, Object.keys(clientOf(state, name).subscriptions), version);
}

function advance(state: State, name: ClientName, connection: number, subscription: string, version: number): State {
  const present = entryOf(clientOf(state, name).subscriptions, subscription);
  if (present === undefined || present.answeredOn !== connection || present.held === null) return state;
  if (version < present.held.version) {
    return reject(
      'Q2',
      'version went back',
      `${subscription} of ${name} went back in time`,
      [`a version ≥ ${present.held.version}`],
      `version ${version}`,
    );
  }
  // Nothing new, so nothing that storage is asked to keep.
  if (version === present.held.version) return state;
  return withHeld(state, name, subscription, { ...present.held, version }, {});
}

/** What a subscription holds is what the cache keeps of its query (K2). */
function withHeld(state: State, name: ClientName, subscription: string, held: Held, change: Partial<Subscription>): State {
  const changed = withSubscription(state, name, subscription, { ...change, held });
  const client = clientOf(changed, name);
  const query = entryOf(client.subscriptions, subscription)?.query;
  if (query === undefined) return changed;
  const key = cacheKeyOf(query);
  return withClient(changed, name, { cache: { ...client.cache, [key]: { ...held, query } }, lag: askedToRemember(client, key) });
}

/** Recomputes every subscription of a client: what it could show now is one more candidate where it differs. */
export function reconsider(state: State, name: ClientName): State {
  return Object.keys(clientOf(state, name).subscriptions).reduce(
    (before, subscription) => reconsiderOne(before, name, subscription, false),
    state,
  );
}

export function reconsiderOne(state: State, name: ClientName, subscription: string, forced: boolean): State {
  const client = clientOf(state, name);
  const present = entryOf(client.subscriptions, subscription);
  if (present === undefined) return state;
  const rows = resultNow(state, client, present);
  const last = present.candidates.at(-1) ?? present.shown;
  if (last !== null && !forced && sameRows(last.rows, rows)) return state;
  const candidate: Candidate = {
    rows,
    fulfilled: present.fulfilled,
    forced: forced || (last?.forced === true && present.candidates.length > 0),
  };
  return withSubscription(state, name, subscription, { candidates: [...present.candidates, candidate] });
}

/** Shown = limit(order(filter(held rows at version v + own pending writes))) (Q2). */
export function resultNow(state: State, client: ClientState, subscription: Subscription): readonly Row[] {
  const rows = state.decisions.rowsBehind(state, client, subscription);
  return resultOf(subscription.query, rowsOf(rows, subscription.query.collection));
}
