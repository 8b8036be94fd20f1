/** Q1: groups nest, and every member of an inner `and` counts; a value that its operator cannot take makes no query. */
import type { Query } from '../../vocabulary/queries.ts';
import {
  observedFulfilment,
  observedLocalResults,
  observedResults,
  observedSubscriptionError,
  quiet,
  serverSays,
  subscribe,
  task,
} from './build.ts';
import { ann, aunt, milk, openTodos, rent } from './cast.ts';
import { asked, connected, subscribed } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

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

/** Lawful on top; deep down nothing is like a number. */
const likeANumber: Query = {
  collection: 'todos',
  where: [done, { mod: 'or', filters: [done, { mod: 'and', filters: [['title', 'like', 3]] }] }],
  order: [],
};
const unfit: TracePair = {
  accepts: {
    title: 'a value that its operator cannot take is refused at the call, and another query is asked',
    actions: [
      ...connected('c1', 1, ann),
      ...task(subscribe('c1', 'a', likeANumber), observedSubscriptionError('c1', 'a', 'InvalidQueryError')),
      ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'it is taken, and tells that no row suits',
    actions: [...connected('c1', 1, ann), subscribe('c1', 'a', likeANumber), observedLocalResults('c1', 'a', [])],
  },
};

/** The type of an attribute is another matter. */
const ofAnotherType: Query = { collection: 'todos', where: [['priority', '>', 'high']], order: [] };
const askedOfAnotherType = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', ofAnotherType),
  ...serverSays('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [] }),
];
const otherType: TracePair = {
  accepts: {
    title: 'a text is asked of an attribute that holds numbers, and no row suits',
    actions: [...askedOfAnotherType, ...task(observedResults('c1', 'a', []), observedFulfilment('c1', 'a')), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'it is refused',
    actions: [...connected('c1', 1, ann), subscribe('c1', 'a', ofAnotherType), observedSubscriptionError('c1', 'a', 'InvalidQueryError')],
  },
};

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
    unfit,
    otherType,
  ],
};
