/** W5: a write is in the outbox, acknowledged or rejected, and its promise says so. */
import { insertTodo, kept, observedLocalResults, quiet, subscribe, task } from './build.ts';
import { openTodos } from './cast.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const insertedUnconnected = [
  ...task(subscribe('c1', 'a', openTodos), observedLocalResults('c1', 'a', [])),
  ...task(insertTodo('c1', walk), observedLocalResults('c1', 'a', [walk])),
];
const shown = (count: number) => quiet({}, null, null, { c1: { shown: count, told: count } });
const pendingWrites: TracePair = {
  accepts: {
    title: 'a write without a session is pending, stored or not',
    actions: [...insertedUnconnected, ...task(...kept('c1', 1, 'insert')), shown(1)],
  },
  rejects: {
    title: 'one that is stored is not pending',
    actions: [...insertedUnconnected, ...task(...kept('c1', 1, 'insert')), shown(0)],
  },
};

export const traces: RuleTraces = {
  rule: 'W5',
  accepts: {
    title: 'a write without a session waits in the outbox, and resolves once it is stored there',
    actions: [...insertedUnconnected, ...task(...kept('c1', 1, 'insert')), quiet({})],
  },
  rejects: { title: 'a write without a session never settles', actions: [...insertedUnconnected, quiet({})] },
  also: [pendingWrites],
};
