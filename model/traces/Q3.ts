/** Q3: at quiescence the latest version is shown. */
import { insertTodo, kept, observedResults, quiet, serverSays, task } from './build.ts';
import { ann, aunt, bob, milk, openTodos } from './cast.ts';
import { acknowledged, connected, subscribed, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const insertedByOther = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...connected('c2', 2, bob),
  ...task(insertTodo('c2', walk), ...kept('c2', 1, 'insert')),
  ...written('c2', 2, 1, 4, 'g1'),
  ...acknowledged('c2', 2, 1, 4, 't4'),
];
const atRest = quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] });

export const traces: RuleTraces = {
  rule: 'Q3',
  accepts: {
    title: 'the insert of another client reaches the subscription',
    actions: [
      ...insertedByOther,
      ...task(
        ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: [] }),
        observedResults('c1', 'a', [milk, aunt, walk]),
      ),
      atRest,
    ],
  },
  rejects: { title: 'the insert of another client never reaches the subscription', actions: [...insertedByOther, atRest] },
};
