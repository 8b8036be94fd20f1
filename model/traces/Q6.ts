/** Q6: a result is fulfilled when the server has answered in this session, and not before. */
import { clientSays, fetched, observedLocalResults, observedResults, observedRows, quiet, serverSays, subscribe, task } from './build.ts';
import { ann, aunt, milk, openTodos, seededVersion } from './cast.ts';
import { accepted, answered, connected, connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const beforeAnswer = [...connected('c1', 1, ann), subscribe('c1', 'a', openTodos)];

const fetchOnce = fetched('c1', openTodos, 'once');
const fetchedWhileConnecting = [...connecting('c1', 1, ann), fetchOnce];

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
  ],
};
