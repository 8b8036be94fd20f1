/** W6: who says an id that he read in a row is somebody else. */
import type { Action } from '../actions.ts';
import { idOf, insertTodo, kept, quiet, task } from './build.ts';
import { ann } from './cast.ts';
import { acknowledged, connected, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
const wrote = [
  ...connected('c1', 1, ann),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...written('c1', 1, 1, 4),
  ...acknowledged('c1', 1, 1, 4, 't4'),
];
const told: Action = {
  kind: 'strangerHeard',
  said: 'borrowedId',
  closing: { reason: 'INTERNAL_ERROR', retry: false, explained: true },
};

export const traces: RuleTraces = {
  rule: 'W6',
  accepts: {
    title: 'the next number of a borrowed id is a gap for whoever borrows it',
    actions: [...wrote, ...task(told), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: {
    title: 'he writes under it',
    actions: [...wrote, { kind: 'appendBegan', client: 'stranger', clientId: idOf('c1'), sequence: 2 }],
  },
};
