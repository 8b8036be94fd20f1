/** H5: all rows are looked through when a group begins, and not again before its margin is used up; what a commit takes follows from sizes. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Action } from '../actions.ts';
import { clientSays, committed, deleteTodo, kept, observedFulfilment, observedResults, quiet, serverSays, task } from './build.ts';
import { ann, aunt, milk, rent } from './cast.ts';
import { acknowledged, asked, connected } from './prefixes.ts';
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
    { kind: 'commitSpent', version: 4, ...spent },
    ...acknowledged('c1', 1, 1, 4, 't1'),
    ...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: [rent] }),
    observedResults('c1', 'a', [rent]),
  ),
];
/** Another one leaves. */
const dry = [
  ...oneGone,
  ...task(deleteTodo('c1', 't2', 'second'), observedResults('c1', 'a', []), ...kept('c1', 2, 'second')),
  ...clientSays('c1', 1, { word: 'write', sequence: 2 }),
  ...committed('c1', 2, 5, 'g1'),
];

const costly: TracePair = {
  accepts: { title: 'a commit takes what the sizes allow', actions: [...dry, ...task({ kind: 'commitSpent', version: 5, ...spent })] },
  rejects: {
    title: 'it takes more',
    actions: [...dry, { kind: 'commitSpent', version: 5, ...spent, comparisons: 40 }],
  },
};

export const traces: RuleTraces = {
  rule: 'H5',
  bounds: { limitMargin: 1 },
  accepts: {
    title: 'two rows have left, more than the margin has: all rows are looked through once more',
    actions: [
      ...dry,
      { ...look, rows: 1 },
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
  also: [costly],
};
