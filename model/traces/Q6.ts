/** Q6: a result is fulfilled when the server has answered in this session, and not before. */
import { clientSays, observedLocalResults, observedResults, quiet, subscribe, task } from './build.ts';
import { ann, aunt, milk, openTodos } from './cast.ts';
import { answered, connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const beforeAnswer = [...connected('c1', 1, ann), subscribe('c1', 'a', openTodos)];

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
};
