/** H3: a group ends with its last member. */
import { clientSays, inspected, quiet, task, unsubscribe } from './build.ts';
import { ann, aunt, milk, openTodos } from './cast.ts';
import { connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const left = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...task(unsubscribe('c1', 'a'), ...clientSays('c1', 1, { word: 'unsubscribe', subscription: 'a' })),
];

export const traces: RuleTraces = {
  rule: 'H3',
  accepts: {
    title: 'the only member unsubscribes, and the group is gone',
    actions: [...left, quiet({ c1: ['OPEN', ann] }, inspected(3, {}, ['c1']))],
  },
  rejects: {
    title: 'the group stays behind, empty',
    actions: [...left, quiet({ c1: ['OPEN', ann] }, inspected(3, { g1: [] }, ['c1']))],
  },
};
