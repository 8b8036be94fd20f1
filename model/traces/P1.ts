/** P1: a member may insert what a rule lets through, and nothing else. */
import { clientSays, durable, insertTodo, kept, quiet, task } from './build.ts';
import { ann, todosSchema } from './cast.ts';
import { acknowledged, connected, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const schema = todosSchema({ member: { insert: { filter: [['title', '=', '$role.user']] } }, guest: { insert: { filter: [] } } });
const inserted = (title: string) => [
  ...connected('c1', 1, ann),
  ...task(insertTodo('c1', { id: 't4', title, done: false, priority: 1 }), ...kept('c1', 1, 'insert')),
];
const appended = (title: string) => [...inserted(title), ...task(...clientSays('c1', 1, { word: 'write', sequence: 1 }))];

export const traces: RuleTraces = {
  rule: 'P1',
  schema,
  accepts: {
    title: 'a row that names its writer is committed',
    actions: [...inserted('ann'), ...written('c1', 1, 1, 4), ...acknowledged('c1', 1, 1, 4, 't4'), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'a row that names somebody else is committed too, since a guest might',
    actions: [
      ...appended('bob'),
      { kind: 'appendBegan', client: 'c1', clientId: "c1's id", sequence: 1 },
      ...durable('write'),
      { kind: 'committed', clientId: "c1's id", sequence: 1, version: 4 },
    ],
  },
};
