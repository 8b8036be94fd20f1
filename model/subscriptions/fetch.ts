/** `fetch`: one result, the server's where there is a connection or an attempt under way, else what is held (Q6); none of what is no query (Q1). */
import type { Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import { clientOf, settle, withClient, withPromise } from '../change.ts';
import type { ClientState, Subscription } from '../client-state.ts';
import type { CommandHandler, Promising } from '../command-handler.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import { waitForStorage } from '../store/waiting.ts';
import { rowsOf } from '../writes/log.ts';
import { cacheKeyOf } from './cache-key.ts';
import { resultOf } from './evaluate.ts';
import { invalidQuery, isLawfulQuery } from './lawful.ts';
import { changesIn, heldRows, sameRows } from './rows.ts';
import { begunSubscription, subscribe } from './subscribe.ts';
import { resultNow } from './subscriptions.ts';
import { unsubscribe } from './unsubscribe.ts';

interface Fetch extends Promising {
  readonly query: Query;
}

/** It asks by a subscription of this name, which shows nothing. */
const subscriptionOf = (promise: string): string => `fetch-${promise}`;

export const fetch: CommandHandler<Fetch> = {
  rule: 'Q6',
  take: (state, name, { promise, query }) => {
    const client = clientOf(state, name);
    if (client.schema !== null && !Object.hasOwn(client.schema.collections, query.collection))
      return settle(state, name, promise, 'CollectionNotFoundError');
    if (!isLawfulQuery(query)) return settle(state, name, promise, invalidQuery);
    const isServerExpected = client.status === 'OPEN' || client.status === 'CONNECTING';
    if (!isServerExpected && client.unread !== null) return waitForStorage(state, name, { do: 'fetch', promise, query });
    if (!isServerExpected) return settle(state, name, promise, null, [resultHeld(state, client, query)]);
    const followed = withClient(state, name, { followed: [...client.followed, promise] });
    const subscription = subscriptionOf(promise);
    const asked = subscribe.take(followed, name, { subscription, query });
    const isRefused = clientOf(asked, name).expectedSubscriptionErrors.length > client.expectedSubscriptionErrors.length;
    return isRefused ? failFetch(asked, name, promise) : quiet(asked, name, subscription);
  },
  follow: (before, state, name, promise) => {
    const client = clientOf(state, name);
    const waiting = entryOf(client.subscriptions, subscriptionOf(promise));
    if (waiting === undefined) return reconsiderResult(state, name, promise);
    if (waiting.failedOn !== null && waiting.failedOn === client.connection) return failFetch(state, name, promise);
    return isDecided(client, waiting) ? decide(before, state, name, promise, waiting) : quiet(state, name, subscriptionOf(promise));
  },
};

/** The server does not follow what asks for it (B4): the promise tells of that, and the subscription ends. */
function failFetch(state: State, name: ClientName, promise: string): State {
  const subscription = subscriptionOf(promise);
  const { expectedSubscriptionErrors } = clientOf(state, name);
  const own = expectedSubscriptionErrors.find((candidate) => candidate.subscription === subscription);
  const told = withClient(state, name, { expectedSubscriptionErrors: expectedSubscriptionErrors.filter((candidate) => candidate !== own) });
  return unsubscribe.take(settle(told, name, promise, own?.error ?? null), name, { subscription });
}

/** The server has answered, or is no longer expected to. */
function isDecided({ status }: ClientState, { fulfilled }: Subscription): boolean {
  return fulfilled || (status !== 'OPEN' && status !== 'CONNECTING');
}

/** It is taken back at once, and the cache keeps nothing of it. */
function decide(before: State, state: State, name: ClientName, promise: string, waiting: Subscription): State {
  const client = clientOf(state, name);
  const settled = withPromise(settle(state, name, promise, null, [resultFrom(state, client, waiting)]), name, promise, {
    decidedFrom: waiting,
  });
  const ended = unsubscribe.take(settled, name, { subscription: subscriptionOf(promise) });
  const key = cacheKeyOf(waiting.query);
  const { [key]: _, ...others } = client.cache;
  const { cache, lag } = clientOf(before, name);
  const known = cache[key];
  return withClient(ended, name, {
    cache: known === undefined ? others : { ...others, [key]: known },
    lag: { ...client.lag, cache: lag.cache },
  });
}

/** A callback that comes before the result may write: the result may show that write or not. */
function reconsiderResult(state: State, name: ClientName, promise: string): State {
  const client = clientOf(state, name);
  const { outcome, decidedFrom } = entryOf(client.promises, promise) ?? {};
  if (outcome === undefined || outcome === 'open' || outcome.rows === undefined || decidedFrom === undefined) return state;
  const rows = resultFrom(state, client, decidedFrom);
  return outcome.rows.some((known) => sameRows(known, rows)) ? state : settle(state, name, promise, null, [...outcome.rows, rows]);
}

function resultFrom(state: State, client: ClientState, waiting: Subscription): readonly Row[] {
  if (waiting.fulfilled) return resultNow(state, client, waiting);
  return resultHeld(state, { ...client, subscriptions: { ...client.subscriptions, waiting } }, waiting.query);
}

/** Over every row that a live subscription holds or an own write concerns, each as an update would see it (W3). */
function resultHeld(state: State, without: ClientState, query: Query): readonly Row[] {
  const { collection } = query;
  const client = withCached(without, query);
  const held = Object.values(client.subscriptions).filter((subscription) => subscription.query.collection === collection);
  const ids = new Set([
    ...held.flatMap((subscription) => rowsOf(heldRows(state, subscription), collection).map(({ id }) => id)),
    ...changesIn(client.writes).flatMap((change) => (change.collection === collection ? [change.id] : [])),
  ]);
  const rows = [...ids].flatMap((id) => state.decisions.rowSeen(state, client, collection, id, [])?.row ?? []);
  return resultOf(query, rows);
}

/** What the cache keeps of the query is held as by a subscription that begins now. */
function withCached(client: ClientState, query: Query): ClientState {
  const cached = begunSubscription(client, query);
  return cached.held === null ? client : { ...client, subscriptions: { ...client.subscriptions, cached } };
}

/** Its results are nobody's to see. */
function quiet(state: State, name: ClientName, subscription: string): State {
  const client = clientOf(state, name);
  const present = entryOf(client.subscriptions, subscription);
  if (present === undefined) return state;
  const silent = { ...present, shown: present.candidates.at(-1) ?? present.shown, candidates: [], expectedFulfilments: 0 };
  return withClient(state, name, { subscriptions: { ...client.subscriptions, [subscription]: silent } });
}
