/** H1: equal normal forms share a group, and no others do. */
import type { Value } from '../../vocabulary/values.ts';
import { inspected, quiet, serverSent } from './build.ts';
import { ann, aunt, bob, milk } from './cast.ts';
import { answered, asked, connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const withPriority = (...priorities: readonly [number, ...number[]]) => {
  const list: Value = priorities;
  return { collection: 'todos', where: [['priority', 'in', list]], order: [] } as const;
};
const askedTwice = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', withPriority(2, 3)),
  ...answered('c1', 1, 'a', [milk, aunt]),
  ...connected('c2', 2, bob),
  ...asked('c2', 2, 'b', withPriority(3, 2, 2)),
];

export const traces: RuleTraces = {
  rule: 'H1',
  accepts: {
    title: 'an `in` list in another order and with a double shares',
    actions: [
      ...askedTwice,
      ...answered('c2', 2, 'b', [milk, aunt], { group: 'g1' }),
      quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] }, inspected(3, { g1: ['c1/a', 'c2/b'] })),
    ],
  },
  rejects: {
    title: 'an `in` list in another order has a group of its own',
    actions: [...askedTwice, serverSent('c2', 2, { word: 'answered', subscription: 'b', group: 'g2', version: 3, rows: [] })],
  },
};
