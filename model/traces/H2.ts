/** H2: one evaluation a group and commit, however many members. */
import { clientSays, committed, evaluated, insertTodo, kept, observedResults, quiet, serverSays, task } from './build.ts';
import { ann, aunt, bob, milk, openTodos } from './cast.ts';
import { acknowledged, connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const heard = { word: 'updated', subscriptions: ['a'], version: 4, rows: [] } as const;
/** Two members of one group, and a commit that changes its result. */
const committing = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'a', openTodos, [milk, aunt]),
  ...task(insertTodo('c2', walk), observedResults('c2', 'a', [milk, aunt, walk]), ...kept('c2', 1, 'insert')),
  ...clientSays('c2', 2, { word: 'write', sequence: 1 }),
  ...committed('c2', 1, 4, 'g1'),
];

export const traces: RuleTraces = {
  rule: 'H2',
  accepts: {
    title: 'two members, one evaluation, one encoding',
    actions: [
      ...task(...committing),
      ...acknowledged('c2', 2, 1, 4, 't4'),
      ...task(...serverSays('c2', 2, heard)),
      ...task(...serverSays('c1', 1, heard), observedResults('c1', 'a', [milk, aunt, walk])),
      quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] }),
    ],
  },
  rejects: {
    title: 'two members, two evaluations',
    actions: task(...committing, evaluated('g1', 4)),
  },
};
