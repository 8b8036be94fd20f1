/** W1: a write whose acknowledgement was lost is sent again, never applied again. */
import {
  appendBegan,
  attempted,
  clientSays,
  insertTodo,
  kept,
  networkLost,
  observedStatus,
  quiet,
  serverSent,
  task,
  time,
} from './build.ts';
import { ann } from './cast.ts';
import { accepted, acknowledged, connected, written } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const walk = { id: 't4', title: 'Walk the dog', done: false, priority: 1 };
/** Committed, but the acknowledgement is lost with the connection; it is sent again on the next one. */
const sentAgain = [
  ...connected('c1', 1, ann),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...written('c1', 1, 1, 4),
  ...task(serverSent('c1', 1, { word: 'acknowledged', sequence: 1, version: 4 })),
  ...task(...networkLost('c1', 1), observedStatus('c1', 'CLOSED')),
  time(250),
  ...task(attempted('c1', 2), observedStatus('c1', 'CONNECTING')),
  ...accepted('c1', 2, ann),
  ...task(...clientSays('c1', 2, { word: 'write', sequence: 1 })),
];

export const traces: RuleTraces = {
  rule: 'W1',
  accepts: {
    title: 'the write that is sent again is acknowledged at once, and told once',
    actions: [...sentAgain, ...acknowledged('c1', 2, 1, 4, 't4'), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: { title: 'the write that is sent again is appended again', actions: [...sentAgain, appendBegan('c1', 1)] },
};
