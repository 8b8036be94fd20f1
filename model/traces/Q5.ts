/** Q5: an update makes a row leave a result. */
import { kept, observedResults, quiet, serverSays, task, updateTodo } from './build.ts';
import { ann, aunt, bob, everyTodo, milk, openTodos, rent } from './cast.ts';
import { acknowledged, connected, subscribed, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const bought = { ...milk, done: true };
/** `c2` marks the milk as done, and `c1`, who looks at what is open, hears of it. */
const doneByOther = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'a', everyTodo, [milk, rent, aunt], { group: 'g2' }),
  ...task(updateTodo('c2', 't1', { done: true }), observedResults('c2', 'a', [bought, rent, aunt]), ...kept('c2', 1, 'update')),
  ...written('c2', 2, 1, 4, 'g1', 'g2'),
  ...acknowledged('c2', 2, 1, 4, 't1'),
  ...task(...serverSays('c2', 2, { word: 'updated', subscriptions: ['a'], version: 4, rows: [] })),
  ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: [] }),
];

export const traces: RuleTraces = {
  rule: 'Q5',
  accepts: {
    title: 'a row that no longer satisfies the filter leaves',
    actions: [...doneByOther, ...task(observedResults('c1', 'a', [aunt])), quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] })],
  },
  rejects: {
    title: 'it stays, in its new form',
    actions: [...doneByOther, observedResults('c1', 'a', [bought, aunt])],
  },
};
