/** B4: a query over a bound fails alone, and is no longer taken for fulfilled. */
import type { Query } from '../../vocabulary/queries.ts';
import { clientSays, fetched, observedRejected, observedSubscriptionError, quiet, serverSays, serverSent, task } from './build.ts';
import { ann, aunt, milk, openTodos } from './cast.ts';
import { asked, connected, subscribed } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

/** Two statements and a group. */
const nested: Query = {
  collection: 'todos',
  where: [
    {
      mod: 'or',
      filters: [
        ['done', '=', true],
        ['priority', '>', 1],
      ],
    },
  ],
  order: [],
};
const over = [...connected('c1', 1, ann), ...asked('c1', 1, 'a', nested)];
const failed = { word: 'subscriptionFailed', subscription: 'a', error: 'LimitExceededError' } as const;

const followed = [...connected('c1', 1, ann), ...subscribed('c1', 1, 'a', openTodos, [milk, aunt])];
const second: TracePair = {
  accepts: {
    title: 'a connection follows one already: the second fails, and the first goes on',
    actions: [
      ...followed,
      ...asked('c1', 1, 'b', openTodos, [milk, aunt]),
      ...task(...serverSays('c1', 1, { ...failed, subscription: 'b' }), observedSubscriptionError('c1', 'b', 'LimitExceededError')),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'the second is answered',
    actions: [
      ...followed,
      ...asked('c1', 1, 'b', openTodos, [milk, aunt]),
      serverSent('c1', 1, { word: 'answered', subscription: 'b', group: 'g1', version: 3, rows: [] }),
    ],
  },
};

const asking = [
  ...connected('c1', 1, ann),
  ...task(fetched('c1', nested, 'f'), ...clientSays('c1', 1, { word: 'subscribe', subscription: 'fetch-f' })),
];
const fetching: TracePair = {
  accepts: {
    title: 'a fetch rejects',
    actions: [
      ...asking,
      ...task(
        ...serverSays('c1', 1, { ...failed, subscription: 'fetch-f' }),
        observedRejected('c1', 'f', 'LimitExceededError'),
        ...clientSays('c1', 1, { word: 'unsubscribe', subscription: 'fetch-f' }),
      ),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'it fails twice',
    actions: [
      ...asking,
      ...task(...serverSays('c1', 1, { ...failed, subscription: 'fetch-f' }), observedRejected('c1', 'f', 'LimitExceededError')),
      serverSent('c1', 1, { ...failed, subscription: 'fetch-f' }),
    ],
  },
};

export const traces: RuleTraces = {
  rule: 'B4',
  bounds: { filterNodesMax: 2, subscriptionsMax: 1 },
  accepts: {
    title: 'it hears so, and can ask for something else',
    actions: [
      ...over,
      ...task(...serverSays('c1', 1, failed), observedSubscriptionError('c1', 'a', 'LimitExceededError')),
      ...subscribed('c1', 1, 'b', openTodos, [milk, aunt]),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'it is answered all the same',
    actions: [...over, serverSent('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [] })],
  },
  also: [second, fetching],
};
