/** Q4: subscriptions of one query live and end on their own; unsubscribe is final. */
import {
  clientSays,
  insertTodo,
  kept,
  observedNameInUse,
  observedResults,
  quiet,
  serverSays,
  subscribe,
  task,
  unsubscribe,
} from './build.ts';
import { ann, aunt, everyTodo, milk, openTodos } from './cast.ts';
import { acknowledged, connected, subscribed, subscribedAgain, written } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const twinLeft = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...subscribedAgain('c1', 1, 'b', openTodos, [milk, aunt]),
  ...task(unsubscribe('c1', 'a'), unsubscribe('c1', 'a'), ...clientSays('c1', 1, { word: 'unsubscribe', subscription: 'a' })),
];
const inserted = [insertTodo('c1', walk), observedResults('c1', 'b', [milk, aunt, walk])];

const named = [...connected('c1', 1, ann), ...subscribed('c1', 1, 'a', openTodos, [milk, aunt])];
const nameInUse: TracePair = {
  accepts: {
    title: 'a name in use is refused at the call, and the subscription that bears it goes on',
    actions: [...named, ...task(subscribe('c1', 'a', everyTodo), observedNameInUse('c1', 'a')), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'nothing comes of it, and the user is not told',
    actions: [...named, ...task(subscribe('c1', 'a', everyTodo)), quiet({ c1: ['OPEN', ann] })],
  },
};

export const traces: RuleTraces = {
  rule: 'Q4',
  accepts: {
    title: 'of two subscriptions of one query the first ends, twice; the second goes on',
    actions: [
      ...twinLeft,
      ...task(...inserted, ...kept('c1', 1, 'insert')),
      ...written('c1', 1, 1, 4, 'g1'),
      ...acknowledged('c1', 1, 1, 4, 't4'),
      ...task(...serverSays('c1', 1, { word: 'updated', subscriptions: ['b'], version: 4, rows: [] })),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'the ended one is told results as well',
    actions: [...twinLeft, ...inserted, observedResults('c1', 'a', [milk, aunt, walk])],
  },
  also: [nameInUse],
};
