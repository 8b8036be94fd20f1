/** H5: all rows are looked through when a group begins, and not again before its margin is used up; what a commit takes follows from sizes. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Action } from '../actions.ts';
import {
  clientHeard,
  clientSays,
  committed,
  deleteTodo,
  kept,
  observedFulfilment,
  observedResults,
  quiet,
  serverSays,
  serverSent,
  spentBy,
  task,
  transact,
} from './build.ts';
import { ann, aunt, bob, everyTodo, milk, rent } from './cast.ts';
import { acknowledged, asked, connected, subscribed, subscribedAgain, written } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const first: Query = { collection: 'todos', where: [], order: [], limit: 1 };
const look: Action = { kind: 'looked', group: 'g1', collection: 'todos', rows: 3 };
const spent = { comparisons: 2, unitsEncoded: 60, attributesCopied: 4 } as const;

const begun = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', first),
  ...task(
    look,
    { kind: 'answerSpent', client: 'c1', subscription: 'a', comparisons: 3, unitsEncoded: 60, attributesCopied: 0 },
    ...serverSays('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [milk] }),
    observedResults('c1', 'a', [milk]),
    observedFulfilment('c1', 'a'),
  ),
];
/** One leaves; the margin is one. */
const oneGone = [
  ...begun,
  ...task(deleteTodo('c1', 't1'), observedResults('c1', 'a', []), ...kept('c1', 1, 'delete')),
  ...task(
    ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
    ...committed('c1', 1, 4, 'g1'),
    ...acknowledged('c1', 1, 1, 4, 't1'),
    ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: [rent] }),
    observedResults('c1', 'a', [rent]),
  ),
];
/** Another one leaves. What that takes is told later. */
const dry = [
  ...oneGone,
  ...task(deleteTodo('c1', 't2', 'second'), observedResults('c1', 'a', []), ...kept('c1', 2, 'second')),
  ...clientSays('c1', 1, { word: 'write', sequence: 2 }),
  ...committed('c1', 2, 5, 'g1').slice(0, -1),
];

const costly: TracePair = {
  accepts: { title: 'a commit takes what the sizes allow', actions: [...dry, ...task({ kind: 'commitSpent', version: 5, ...spent })] },
  rejects: {
    title: 'it takes more',
    actions: [...dry, { kind: 'commitSpent', version: 5, ...spent, comparisons: 40 }],
  },
};

/** Two subscriptions of one group fall behind, and are answered again in one breath. */
const again = { word: 'answered', group: 'g1', version: 4, rows: [aunt, rent] } as const;
const firstAgain: Action = { kind: 'answerSpent', client: 'c1', subscription: 'a', comparisons: 0, unitsEncoded: 100, attributesCopied: 0 };
const caughtUp = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', everyTodo, [milk, rent, aunt]),
  ...subscribedAgain('c1', 1, 'b', everyTodo, [milk, rent, aunt]),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'c', everyTodo, [milk, rent, aunt]),
  ...task({ kind: 'serverSent', client: 'c1', connection: 1, word: { word: 'pong' }, bytes: 101 }),
  ...task(deleteTodo('c2', 't1'), observedResults('c2', 'c', [rent, aunt]), ...kept('c2', 1, 'delete')),
  ...written('c2', 2, 1, 4, 'g1'),
  ...acknowledged('c2', 2, 1, 4, 't1'),
  clientHeard('c1', 1, { word: 'pong' }),
  firstAgain,
  serverSent('c1', 1, { ...again, subscription: 'a' }),
];
const madeTextOnce: TracePair = {
  accepts: {
    title: 'two subscriptions of one group are answered again in one breath: its rows are made text once',
    actions: [
      ...caughtUp,
      { ...firstAgain, subscription: 'b', unitsEncoded: 0 },
      ...task(serverSent('c1', 1, { ...again, subscription: 'b' })),
    ],
  },
  rejects: {
    title: 'its rows are made text for each of them',
    actions: [...caughtUp, { ...firstAgain, subscription: 'b' }],
  },
};

const silent: TracePair = {
  accepts: { title: 'what it took is told by its end', actions: [...dry, ...task({ kind: 'commitSpent', version: 5, ...spent })] },
  rejects: { title: 'what it took is told by nobody', actions: [...dry, ...task()] },
};

/** Without a limit. */
const all: Query = { collection: 'todos', where: [], order: [] };
const allBegun = [
  ...connected('c1', 1, ann),
  ...asked('c1', 1, 'a', all),
  ...task(
    look,
    { kind: 'answerSpent', client: 'c1', subscription: 'a', comparisons: 3, unitsEncoded: 180, attributesCopied: 0 },
    ...serverSays('c1', 1, { word: 'answered', subscription: 'a', group: 'g1', version: 3, rows: [milk, rent, aunt] }),
    observedResults('c1', 'a', [milk, rent, aunt]),
    observedFulfilment('c1', 'a'),
  ),
];
const twoGone = [
  ...allBegun,
  ...task(
    transact('c1', [
      { do: 'delete', collection: 'todos', id: 't1' },
      { do: 'delete', collection: 'todos', id: 't2' },
    ]),
    observedResults('c1', 'a', [aunt]),
    ...kept('c1', 1, 'transact'),
  ),
  ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
  ...committed('c1', 1, 4, 'g1').slice(0, -1),
];
const unlimited: TracePair = {
  accepts: {
    title: 'two rows have left a result without a limit: nothing is looked through',
    actions: [...twoGone, ...task(spentBy(4))],
  },
  rejects: { title: 'all rows are looked through once more', actions: [...twoGone, { ...look, rows: 1 }] },
};

export const traces: RuleTraces = {
  rule: 'H5',
  bounds: { limitMargin: 1, queueBytesMax: 100 },
  accepts: {
    title: 'two rows have left, more than the margin has: all rows are looked through once more',
    actions: [
      ...dry,
      { ...look, rows: 1 },
      spentBy(5),
      ...task(
        ...acknowledged('c1', 1, 2, 5, 't2'),
        ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 5, rows: [aunt] }),
        observedResults('c1', 'a', [aunt]),
      ),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: {
    title: 'one row has left',
    actions: [
      ...begun,
      ...task(deleteTodo('c1', 't1'), observedResults('c1', 'a', []), ...kept('c1', 1, 'delete')),
      ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
      ...committed('c1', 1, 4, 'g1'),
      { ...look, rows: 2 },
    ],
  },
  also: [costly, madeTextOnce, silent, unlimited],
};
