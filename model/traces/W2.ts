/** W2: a write that was acknowledged is there after a crash, and so is one whose append came to an unknown end. */

import type { Action } from '../actions.ts';
import { appendBegan, attempted, clientSays, drew, insertTodo, kept, latest, observedStatus, quiet, task, time } from './build.ts';
import { ann } from './cast.ts';
import { accepted, acknowledged, connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
/** The server crashes while it appends; the log holds the entry all the same. */
const crashed: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...task(...clientSays('c1', 1, { word: 'write', sequence: 1 }), appendBegan('c1', 1)),
  ...task(
    { kind: 'serverStopped', how: 'crash', kept: { kind: 'write' } },
    { kind: 'clientHeardClose', client: 'c1', connection: 1, closing: { reason: null, retry: true } },
    drew('c1', latest),
    observedStatus('c1', 'CLOSED'),
  ),
];

export const traces: RuleTraces = {
  rule: 'W2',
  accepts: {
    title: 'the server goes on from the entry, and the write that is sent again is acknowledged',
    actions: [
      ...crashed,
      ...task({ kind: 'recovered', version: 4 }),
      time(250),
      ...task(attempted('c1', 2), observedStatus('c1', 'CONNECTING')),
      ...accepted('c1', 2, ann),
      ...task(...clientSays('c1', 2, { word: 'write', sequence: 1 })),
      ...acknowledged('c1', 2, 1, 4, 't4'),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'the server goes on without it', actions: [...crashed, { kind: 'recovered', version: 3 }] },
};
