/** `subscribe`: a subscription begins with what the cache holds for its query (Q2); under a name in use none does (Q4), nor to what is no query (Q1). */
import type { Query } from '../../vocabulary/queries.ts';
import { boundsAtClient, limitExceeded } from '../bounds/bounds.ts';
import { isQueryOver } from '../bounds/query-bounds.ts';
import { weightOf } from '../bounds/query-weight.ts';
import { clientOf, withClient } from '../change.ts';
import type { ClientState, Subscription } from '../client-state.ts';
import type { CommandHandler } from '../command-handler.ts';
import type { State } from '../state.ts';
import { cacheKeyOf } from './cache-key.ts';
import { invalidQuery, isLawfulQuery } from './lawful.ts';
import { reconsider } from './subscriptions.ts';

interface Subscribe {
  readonly subscription: string;
  readonly query: Query;
}

/** What a subscription under a name in use is told (Q4). */
export const nameInUse = 'SubscriptionNameInUseError';

export const subscribe: CommandHandler<Subscribe> = {
  rule: null,
  take: (state, name, { subscription, query }) => {
    const client = clientOf(state, name);
    const error = errorAtCall(state, client, subscription, query);
    if (error !== null)
      return withClient(state, name, { expectedSubscriptionErrors: [...client.expectedSubscriptionErrors, { subscription, error }] });
    const begun = begunSubscription(client, query);
    return reconsider(
      withClient(state, name, {
        subscriptions: { ...client.subscriptions, [subscription]: begun },
        queries: { ...client.queries, [subscription]: query },
      }),
      name,
    );
  },
};

/** Nothing comes of it: it is no query (Q1), its name is in use (Q4), or it is over a bound that the client knows (B4); null: none of these. */
function errorAtCall(state: State, { name, subscriptions }: ClientState, subscription: string, query: Query): string | null {
  if (!isLawfulQuery(query)) return invalidQuery;
  if (Object.hasOwn(subscriptions, subscription)) return nameInUse;
  const bounds = boundsAtClient(state, name);
  if (bounds === null) return null;
  const live = Object.values(subscriptions);
  const weight = live.reduce((total, each) => total + weightOf(each.query), weightOf(query));
  const isCrowded = live.length >= bounds.subscriptionsMax || weight > bounds.followedWeightMax;
  return isCrowded || isQueryOver(bounds, query) ? limitExceeded : null;
}

/** What the cache holds for the query, under the writes that are not acknowledged yet. */
export function begunSubscription(client: ClientState, query: Query): Subscription {
  return {
    query,
    held: client.cache[cacheKeyOf(query)] ?? null,
    ignoredWrites: client.writes.filter((write) => write.acknowledged).map((write) => write.key),
    fulfilled: false,
    answeredOn: null,
    failedOn: null,
    shown: null,
    candidates: [],
    expectedFulfilments: 0,
  };
}
