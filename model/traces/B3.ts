/** B3: a write over a bound is rejected and its connection lives; what makes a row no larger passes. */
import type { Row } from '../../vocabulary/values.ts';
import {
  clientSays,
  committed,
  insertTodo,
  kept,
  observedFailure,
  observedResults,
  observedSync,
  quiet,
  refused,
  serverSays,
  task,
  transact,
  updateTodo,
} from './build.ts';
import { ann, aunt, everyTodo, milk, rent } from './cast.ts';
import { connected, subscribed } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const begun = [...connected('c1', 1, ann), ...subscribed('c1', 1, 'a', everyTodo, [milk, rent, aunt])];

const walk: Row = { id: 't4', title: 'Walk the dog twice around the lake', done: false, priority: 1 };
const inserted = [
  ...begun,
  ...task(insertTodo('c1', walk), observedResults('c1', 'a', [milk, rent, aunt, walk]), ...kept('c1', 1, 'insert')),
  ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
];

/** 62 bytes, fewer than before and more than the bound. */
const shorter: Row = { ...milk, title: 'Milk' };
const updated = [
  ...begun,
  ...task(updateTodo('c1', 't1', { title: 'Milk' }), observedResults('c1', 'a', [shorter, rent, aunt]), ...kept('c1', 1, 'update')),
  ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
];
const smaller: TracePair = {
  accepts: {
    title: 'an update leaves a row over the bound, and smaller than it was: it is committed',
    actions: [
      ...updated,
      ...task(...committed('c1', 1, 4, 'g1')),
      ...task(...serverSays('c1', 1, { word: 'acknowledged', sequence: 1, version: 4 }), observedSync('c1', 't1')),
      ...task(...serverSays('c1', 1, { word: 'updated', subscriptions: ['a'], version: 4, rows: [] })),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'that update is rejected', actions: [...updated, ...refused('c1', 1, 4, 'LimitExceededError')] },
};

const nine: Row = { id: 'n', title: '' };
const many = [
  ...begun,
  ...task(
    transact('c1', [
      { do: 'insert', collection: 'todos', row: nine },
      { do: 'delete', collection: 'todos', id: 'n' },
      { do: 'delete', collection: 'todos', id: 't1' },
    ]),
    observedResults('c1', 'a', [rent, aunt]),
    ...kept('c1', 1, 'transact'),
  ),
  ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
];
const operations: TracePair = {
  accepts: {
    title: 'a transaction of too many operations is rejected whole, small as its rows are',
    actions: [
      ...many,
      ...task(...refused('c1', 1, 4, 'LimitExceededError')),
      ...task(
        ...serverSays('c1', 1, { word: 'rejected', sequence: 1, error: 'LimitExceededError' }),
        ...observedFailure('c1', 'n', 'LimitExceededError').slice(0, 1),
        ...observedFailure('c1', 't1', 'LimitExceededError'),
        observedResults('c1', 'a', [milk, rent, aunt]),
      ),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'it is committed', actions: [...many, ...committed('c1', 1, 4, 'g1').slice(0, 4)] },
};

/** 41 bytes each: within the bounds alone, and over that of a write together. */
const one: Row = { id: 't4', title: 'A title of some length' };
const other: Row = { ...one, id: 't5' };
const pair = (...rows: readonly Row[]) => [
  ...begun,
  ...task(
    transact(
      'c1',
      rows.map((row) => ({ do: 'insert' as const, collection: 'todos', row })),
    ),
    observedResults('c1', 'a', [milk, rent, aunt, ...rows]),
    ...kept('c1', 1, 'transact'),
  ),
  ...clientSays('c1', 1, { word: 'write', sequence: 1 }),
];
const together: TracePair = {
  accepts: {
    title: 'two rows of a write come to more than a write may leave: it is rejected whole',
    actions: [...pair(one, other), ...task(...refused('c1', 1, 4, 'LimitExceededError'))],
  },
  rejects: {
    title: 'it is committed',
    actions: [...pair(one, other), ...committed('c1', 1, 4, 'g1').slice(0, 4)],
  },
};

export const traces: RuleTraces = {
  rule: 'B3',
  bounds: { rowBytesMax: 50, writeOperationsMax: 2, writeBytesMax: 70 },
  accepts: {
    title: 'an insert of a row over the bound is rejected; the connection lives',
    actions: [
      ...inserted,
      ...task(...refused('c1', 1, 4, 'LimitExceededError')),
      ...task(
        ...serverSays('c1', 1, { word: 'rejected', sequence: 1, error: 'LimitExceededError' }),
        ...observedFailure('c1', 't4', 'LimitExceededError'),
        observedResults('c1', 'a', [milk, rent, aunt]),
      ),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'it is committed', actions: [...inserted, ...committed('c1', 1, 4, 'g1').slice(0, 4)] },
  also: [smaller, operations, together],
};
