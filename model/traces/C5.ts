/** C5: permissions that are pushed count for a subscription that lives already. */
import { observedResults, pushed, quiet, schemaCommitted, serverSays, task } from './build.ts';
import { ann, aunt, everyTodo, milk, openSchema, rent, undoneOnly } from './cast.ts';
import { connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const live = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', everyTodo, [milk, rent, aunt]),
  pushed('push1', undoneOnly),
  ...schemaCommitted('push1', 4, true),
];
const anew = { word: 'answered', subscription: 'a', group: 'g2', version: 4, rows: [milk, aunt] } as const;

export const traces: RuleTraces = {
  rule: 'C5',
  schema: openSchema,
  accepts: {
    title: 'it is answered anew, and what may not be read leaves it',
    actions: [...live, ...task(...serverSays('c1', 1, anew), observedResults('c1', 'a', [milk, aunt])), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: { title: 'it goes on as it was', actions: [...live, { kind: 'taskEnded' }] },
};
