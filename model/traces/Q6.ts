/** Q6: a result is fulfilled when the server has answered in this session, and not before. */
import {
  clientSays,
  fetched,
  insertTodo,
  kept,
  networkLost,
  observedLocalResults,
  observedRejected,
  observedResults,
  observedRows,
  observedStatus,
  quiet,
  serverSays,
  subscribe,
  task,
  unsubscribe,
} from './build.ts';
import { ann, aunt, milk, openTodos, seededVersion } from './cast.ts';
import { accepted, acknowledged, answered, connected, connecting, subscribed, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const beforeAnswer = [...connected('c1', 1, ann), subscribe('c1', 'a', openTodos)];

const fetchOnce = fetched('c1', openTodos, 'once');
const fetchedWhileConnecting = [...connecting('c1', 1, ann), fetchOnce];

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
/** The cache holds the answer of `a`, the write is acknowledged after `a` ended, and then the connection is lost. */
const writtenAfterwards = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...task(unsubscribe('c1', 'a'), ...clientSays('c1', 1, { word: 'unsubscribe', subscription: 'a' })),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...written('c1', 1, 1, 4),
  ...acknowledged('c1', 1, 1, 4, 't4'),
  ...task(...networkLost('c1', 1), observedStatus('c1', 'CLOSED')),
];

/** Nothing comes before null (Q1). */
const fetchUnfit = fetched('c1', { collection: 'todos', where: [['priority', '<', null]], order: [] }, 'once');

export const traces: RuleTraces = {
  rule: 'Q6',
  accepts: {
    title: 'local results are marked unfulfilled; the answer is marked fulfilled and told once',
    actions: [
      ...beforeAnswer,
      ...task(observedLocalResults('c1', 'a', []), ...clientSays('c1', 1, { word: 'subscribe', subscription: 'a' })),
      ...answered('c1', 1, 'a', [milk, aunt]),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'local results are marked fulfilled because the client is connected',
    actions: [...beforeAnswer, observedResults('c1', 'a', [])],
  },
  also: [
    {
      accepts: {
        title: 'fetch waits for an attempt that is under way, and for the answer',
        actions: [
          ...fetchedWhileConnecting,
          ...accepted('c1', 1, ann),
          ...task(...clientSays('c1', 1, { word: 'subscribe', subscription: 'fetch-once' })),
          ...task(
            ...serverSays('c1', 1, { word: 'answered', subscription: 'fetch-once', group: 'g1', version: seededVersion, rows: [] }),
            ...clientSays('c1', 1, { word: 'unsubscribe', subscription: 'fetch-once' }),
            observedRows('c1', 'once', [milk, aunt]),
          ),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'fetch answers with what is held, though an attempt is under way',
        actions: [...fetchedWhileConnecting, observedRows('c1', 'once', [])],
      },
    },
    {
      accepts: {
        title: 'without a connection fetch answers with what is held at once',
        actions: task(fetchOnce, observedRows('c1', 'once', [])),
      },
      rejects: {
        title: 'without a connection fetch knows rows that nobody has sent',
        actions: [fetchOnce, observedRows('c1', 'once', [milk, aunt])],
      },
    },
    {
      accepts: {
        title: 'without a connection fetch answers like a subscription that begins then, without what was acknowledged before it',
        actions: [...writtenAfterwards, ...task(fetchOnce, observedRows('c1', 'once', [milk, aunt]))],
      },
      rejects: {
        title: 'without a connection fetch adds an acknowledged write to rows that are older',
        actions: [...writtenAfterwards, fetchOnce, observedRows('c1', 'once', [milk, aunt, walk])],
      },
    },
    {
      accepts: {
        title: 'without a connection too, a fetch of what is no query rejects',
        actions: task(fetchUnfit, observedRejected('c1', 'once', 'InvalidQueryError')),
      },
      rejects: {
        title: 'a fetch of what is no query finds nothing',
        actions: [fetchUnfit, observedRows('c1', 'once', [])],
      },
    },
  ],
};
