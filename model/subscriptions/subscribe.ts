/** `subscribe`: a subscription begins with what the cache holds for its query (Q2); under a name in use none does (Q4). */
import type { Query } from '../../vocabulary/queries.ts';
import { clientOf, withClient } from '../change.ts';
import type { ClientState, Subscription } from '../client-state.ts';
import type { CommandHandler } from '../command-handler.ts';
import { cacheKeyOf } from './cache-key.ts';
import { reconsider } from './subscriptions.ts';

interface Subscribe {
  readonly subscription: string;
  readonly query: Query;
}

export const subscribe: CommandHandler<Subscribe> = {
  rule: null,
  take: (state, name, { subscription, query }) => {
    const client = clientOf(state, name);
    if (Object.hasOwn(client.subscriptions, subscription))
      return withClient(state, name, { expectedNameErrors: [...client.expectedNameErrors, subscription] });
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

/** What the cache holds for the query, under the writes that are not acknowledged yet. */
export function begunSubscription(client: ClientState, query: Query): Subscription {
  return {
    query,
    held: client.cache[cacheKeyOf(query)] ?? null,
    ignoredWrites: client.writes.filter((write) => write.acknowledged).map((write) => write.key),
    fulfilled: false,
    answeredOn: null,
    shown: null,
    candidates: [],
    expectedFulfilments: 0,
  };
}
