/** B6: a reader that is behind is spared what a later answer says better, is owed that answer, and is given up in the end. */
import type { Action } from '../actions.ts';
import { clientHeard, insertTodo, kept, observedResults, quiet, serverSent, task, time } from './build.ts';
import { ann, aunt, bob, milk, openTodos } from './cast.ts';
import { acknowledged, asked, connected, subscribed, written } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const pong = { word: 'pong' } as const;
const said = (bytes: number): Action => ({ kind: 'serverSent', client: 'c2', connection: 2, word: pong, bytes });

/** `c2` is handed more than may wait for it. */
const fallen = [
  ...connected('c1', 1, ann),
  ...connected('c2', 2, bob),
  ...subscribed('c2', 2, 'b', openTodos, [milk, aunt]),
  ...task(said(101)),
];
/** Then `c1` writes a row that `c2` looks at. */
const behind = [
  ...fallen,
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...written('c1', 1, 1, 4, 'g1'),
  ...acknowledged('c1', 1, 1, 4, 't4'),
];
const answeredAgain = { word: 'answered', subscription: 'b', group: 'g1', version: 4, rows: [milk, aunt, walk] } as const;

const closed: Action = {
  kind: 'serverClosed',
  client: 'c2',
  connection: 2,
  closing: { reason: 'SLOW_READER', retry: true, explained: true },
  givenUp: false,
};
const givenUp: TracePair = {
  accepts: {
    title: 'it has not drained for a minute: it is closed, and may try again',
    actions: [...behind, time(60_000), ...task(closed)],
  },
  rejects: {
    title: 'it is closed at once',
    actions: [...behind, closed],
  },
};

const owedAnswer: TracePair = {
  accepts: {
    title: 'nothing was written meanwhile: nothing is said again',
    actions: [...fallen, ...task(clientHeard('c2', 2, pong)), quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] })],
  },
  rejects: {
    title: 'it has drained, and is not told what it was spared',
    actions: [...behind, ...task(clientHeard('c2', 2, pong))],
  },
};

/** What it says meanwhile waits; its answer is over the bound by itself. */
const behindAgain = [
  ...behind,
  ...asked('c2', 2, 'more', openTodos, [milk, aunt]),
  ...asked('c2', 2, 'last', openTodos, [milk, aunt]),
  clientHeard('c2', 2, pong),
  { ...serverSent('c2', 2, answeredAgain), bytes: 101 },
];
const firstHeard = serverSent('c2', 2, { ...answeredAgain, subscription: 'more' });
const turn: TracePair = {
  accepts: {
    title: 'its answer is over the bound by itself: the first of what it said is taken up all the same',
    actions: [...behindAgain, ...task(firstHeard)],
  },
  rejects: {
    title: 'nothing is taken up, so that it could wait for ever',
    actions: task(...behindAgain),
  },
};
const secondTurn: TracePair = {
  accepts: {
    title: 'the next one waits until it has drained again',
    actions: [
      ...behindAgain,
      ...task(firstHeard),
      ...task(clientHeard('c2', 2, answeredAgain), observedResults('c2', 'b', [milk, aunt, walk])),
    ],
  },
  rejects: {
    title: 'more than the first is taken up',
    actions: [...behindAgain, firstHeard, serverSent('c2', 2, { ...answeredAgain, subscription: 'last' })],
  },
};

export const traces: RuleTraces = {
  rule: 'B6',
  bounds: { queueBytesMax: 100 },
  accepts: {
    title: 'an update is left out; when all has been read the subscription is answered again',
    actions: [
      ...behind,
      ...task(clientHeard('c2', 2, pong), serverSent('c2', 2, answeredAgain)),
      ...task(clientHeard('c2', 2, answeredAgain), observedResults('c2', 'b', [milk, aunt, walk])),
      quiet({ c1: ['OPEN', ann], c2: ['OPEN', bob] }),
    ],
  },
  rejects: {
    title: 'the update is sent all the same',
    actions: [...behind, serverSent('c2', 2, { word: 'updated', subscriptions: ['b'], version: 4, rows: [walk] })],
  },
  also: [givenUp, owedAnswer, turn, secondTurn],
};
