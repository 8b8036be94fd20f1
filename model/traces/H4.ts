/** H4: that a member leaves is nobody else's matter. */
import { clientSays, insertTodo, kept, observedResults, quiet, serverSays, task, unsubscribe } from './build.ts';
import { ann, aunt, bob, milk, openTodos } from './cast.ts';
import { acknowledged, connected, subscribed, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
/** `c1` leaves the group that it shared with `c2`, then inserts a row that `c2` looks at. */
const insertedByLeaver = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'b', openTodos, [milk, aunt]),
  ...task(unsubscribe('c1', 'a'), ...clientSays('c1', 1, { word: 'unsubscribe', subscription: 'a' })),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...written('c1', 1, 1, 4, 'g1'),
  ...acknowledged('c1', 1, 1, 4, 't4'),
];
const atRest = quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] });

export const traces: RuleTraces = {
  rule: 'H4',
  accepts: {
    title: 'one member unsubscribes, the other goes on',
    actions: [
      ...insertedByLeaver,
      ...task(
        ...serverSays('c2', 2, { word: 'updated', subscriptions: ['b'], version: 4, rows: [] }),
        observedResults('c2', 'b', [milk, aunt, walk]),
      ),
      atRest,
    ],
  },
  rejects: {
    title: 'with the member that unsubscribes the other hears nothing more',
    actions: [...insertedByLeaver, atRest],
  },
};
