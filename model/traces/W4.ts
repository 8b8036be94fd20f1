/** W4: a transaction of which the server forbids one operation is rejected whole, and rolled back whole. */
import type { Row } from '../../vocabulary/values.ts';
import { clientSays, kept, observedFailure, observedResults, quiet, refused, serverSays, task, transact } from './build.ts';
import { ann, aunt, milk, openTodos, todosSchema } from './cast.ts';
import { connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk: Row = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const rejected = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...task(
    transact('c1', [
      { do: 'insert', collection: 'todos', row: walk },
      { do: 'delete', collection: 'todos', id: 't1' },
    ]),
    observedResults('c1', 'a', [aunt, walk]),
    ...kept('c1', 1, 'transact'),
  ),
  ...task(...clientSays('c1', 1, { word: 'write', sequence: 1 }), ...refused('c1', 1, 4, 'PermissionDeniedError')),
  ...serverSays('c1', 1, { word: 'rejected', sequence: 1, error: 'PermissionDeniedError' }),
  ...observedFailure('c1', 't4', 'PermissionDeniedError').slice(0, 1),
  ...observedFailure('c1', 't1', 'PermissionDeniedError'),
];

export const traces: RuleTraces = {
  rule: 'W4',
  schema: todosSchema({ member: { read: { filter: [] }, insert: { filter: [] } } }),
  accepts: {
    title: 'both operations are rolled back, each entity is told, and everybody once',
    actions: [...rejected, ...task(observedResults('c1', 'a', [milk, aunt])), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: { title: 'everybody is told twice', actions: [...rejected, ...observedFailure('c1', 't1', 'PermissionDeniedError').slice(1)] },
};
