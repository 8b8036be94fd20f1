/** B4: a query over a bound fails alone, and is no longer taken for fulfilled. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import {
  clientSays,
  committed,
  evaluated,
  fetched,
  kept,
  observedRejected,
  observedSubscriptionError,
  observedSync,
  quiet,
  serverSays,
  serverSent,
  spentBy,
  task,
  transact,
} from './build.ts';
import { ann, aunt, bob, milk, openTodos } from './cast.ts';
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

/** The two rows of the answer are within the bound, and so are those that `c2` writes each; together these are over it. */
const told = [...connected('c1', 1, ann), ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]), ...connected('c2', 2, bob)];
const chapters: readonly Row[] = ['one', 'two'].map((title) => ({
  id: title,
  title: `Chapter ${title} of a long book`,
  done: false,
  priority: 2,
}));
const writing = [
  ...told,
  ...task(
    transact(
      'c2',
      chapters.map((row) => ({ do: 'insert' as const, collection: 'todos', row })),
    ),
    ...kept('c2', 1, 'transact'),
  ),
  ...clientSays('c2', 2, { word: 'write', sequence: 1 }),
];
const untold: TracePair = {
  accepts: {
    title: 'an update is over the bound: the subscription fails in its place, and the writer hears of its commit',
    actions: [
      ...writing,
      ...task(...committed('c2', 1, 4), evaluated('g1', 4), spentBy(4)),
      ...task(
        ...serverSays('c2', 2, { word: 'acknowledged', sequence: 1, version: 4 }),
        observedSync('c2', 'one'),
        observedSync('c2', 'two'),
      ),
      ...task(...serverSays('c1', 1, { ...failed, group: 'g1' }), observedSubscriptionError('c1', 'a', 'LimitExceededError')),
      quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] }),
    ],
  },
  rejects: {
    title: 'it is told all the same',
    actions: [
      ...writing,
      ...task(...committed('c2', 1, 4), evaluated('g1', 4), spentBy(4)),
      serverSent('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: chapters }),
    ],
  },
};

/** One statement with a limit weighs forty. */
const firstOpen: Query = { ...openTodos, limit: 1 };
const heavy = [...connected('c1', 1, ann), ...asked('c1', 1, 'a', firstOpen)];
const weighed: TracePair = {
  accepts: {
    title: 'a query with a limit weighs more than a connection may follow: it fails, and one without a limit is answered',
    actions: [
      ...heavy,
      ...task(...serverSays('c1', 1, failed), observedSubscriptionError('c1', 'a', 'LimitExceededError')),
      ...subscribed('c1', 1, 'b', openTodos, [milk, aunt]),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'it is answered',
    actions: [...heavy, serverSent('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [milk] })],
  },
};

export const traces: RuleTraces = {
  rule: 'B4',
  bounds: { filterNodesMax: 2, subscriptionsMax: 1, followedWeightMax: 20, answerBytesMax: 130 },
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
  also: [second, weighed, fetching, untold],
};
