/** C1: nobody but `overrideSchema` changes the server's schema. */
import { inspected, quiet } from './build.ts';
import { ann, aunt, everyTodo, milk, openSchema, undoneOnly } from './cast.ts';
import { connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const read = [...connected('c1', 1, ann), ...subscribed('c1', 1, 'a', everyTodo, [milk, aunt])];
const shown = { g1: ['c1/a'] };

export const traces: RuleTraces = {
  rule: 'C1',
  schema: undoneOnly,
  accepts: {
    title: 'after a subscription was prepared the schema is what it was',
    actions: [...read, quiet({ c1: ['OPEN', ann] }, inspected(3, shown, ['c1'], undoneOnly))],
  },
  rejects: {
    title: 'the permissions are gone from it',
    actions: [...read, quiet({ c1: ['OPEN', ann] }, inspected(3, shown, ['c1'], openSchema))],
  },
};
