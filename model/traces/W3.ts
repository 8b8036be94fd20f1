/** W3: an update of a row that was deleted meanwhile has no effect, and brings nothing back. */
import { deleteTodo, kept, observedRejected, observedResolved, observedResults, quiet, serverSays, task, updateTodo } from './build.ts';
import { ann, aunt, bob, everyTodo, milk, rent } from './cast.ts';
import { acknowledged, connected, subscribed, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const oat = { ...milk, title: 'Buy oat milk' };
const updated = { word: 'updated', subscriptions: ['a'], version: 4, rows: [] } as const;
/** `c2` deletes the milk while `c1`, who has not heard, updates it: the update commits as nothing. */
const updatedTheDead = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', everyTodo, [milk, rent, aunt]),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'a', everyTodo, [milk, rent, aunt]),
  ...task(deleteTodo('c2', 't1'), observedResults('c2', 'a', [rent, aunt]), ...kept('c2', 1, 'delete')),
  ...written('c2', 2, 1, 4, 'g1'),
  ...acknowledged('c2', 2, 1, 4, 't1'),
  ...task(...serverSays('c2', 2, updated)),
  ...task(updateTodo('c1', 't1', { title: oat.title }), observedResults('c1', 'a', [oat, rent, aunt]), ...kept('c1', 1, 'update')),
  ...written('c1', 1, 1, 5),
  ...task(...serverSays('c1', 1, updated), observedResults('c1', 'a', [rent, aunt])),
  ...acknowledged('c1', 1, 1, 5, 't1'),
  ...task(...serverSays('c1', 1, { word: 'progressed', version: 5 })),
  updateTodo('c1', 't1', { title: oat.title }, 'second update'),
];

export const traces: RuleTraces = {
  rule: 'W3',
  accepts: {
    title: 'the update of the dead row is acknowledged without effect; the next one, of a row not held, rejects',
    actions: [
      ...updatedTheDead,
      ...task(observedRejected('c1', 'second update', 'EntityNotFoundError')),
      quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] }),
    ],
  },
  rejects: {
    title: 'an update of a row not held resolves',
    actions: [...updatedTheDead, observedResolved('c1', 'second update')],
  },
};
