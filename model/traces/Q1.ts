/** Q1: groups nest, and every member of an inner `and` counts. */
import type { Query } from '../../vocabulary/queries.ts';
import { observedFulfilment, observedResults, quiet, serverSays, task } from './build.ts';
import { ann, aunt, milk, rent } from './cast.ts';
import { asked, connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const done = ['done', '=', true] as const;
const urgentPurchase = {
  mod: 'and',
  filters: [
    ['priority', '>', 1],
    ['title', 'like', 'Buy%'],
  ],
} as const;
const doneOrUrgent: Query = { collection: 'todos', where: [{ mod: 'or', filters: [done, urgentPurchase] }], order: [['priority', 'DESC']] };
const heard = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', doneOrUrgent),
  ...serverSays('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [] }),
];

const withToString: Query = { collection: 'todos', where: [['toString', 'isDefined', true]], order: [] };
const askedForToString = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', withToString),
  ...serverSays('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [] }),
];

export const traces: RuleTraces = {
  rule: 'Q1',
  accepts: {
    title: 'an `and` inside an `or`, ordered by a descending number',
    actions: [...heard, ...task(observedResults('c1', 'a', [milk, rent]), observedFulfilment('c1', 'a')), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'the second member of the inner `and` is ignored',
    actions: [...heard, observedResults('c1', 'a', [aunt, milk, rent])],
  },
  also: [
    {
      accepts: {
        title: 'no row has an attribute that every object of the language seems to have',
        actions: [
          ...askedForToString,
          ...task(observedResults('c1', 'a', []), observedFulfilment('c1', 'a')),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'an attribute that is only inherited counts',
        actions: [...askedForToString, observedResults('c1', 'a', [milk, rent, aunt])],
      },
    },
  ],
};
