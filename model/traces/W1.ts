/** W1: a write whose acknowledgement was lost is sent again, never applied again. */
import type { Action } from '../actions.ts';
import {
  appendBegan,
  attempted,
  clientCloses,
  clientSays,
  clientSent,
  durable,
  idOf,
  insertTodo,
  kept,
  networkLost,
  observedStatus,
  opened,
  quiet,
  serverHeardClose,
  serverSays,
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

const restored: Action = { kind: 'clientCrashed', client: 'c1', copyOf: 'c1' };
const call = { id: 't5', title: 'Call the bank', done: false, priority: 2 };
const says = (connection: number, sequence: number, id: string) =>
  clientSays('c1', connection, { word: 'write', sequence, id, resent: false, answered: 0 });
const committedAs = (sequence: number, id: string, version: number): readonly Action[] => [
  { kind: 'appendBegan', client: 'c1', clientId: idOf('c1'), sequence, id },
  ...durable('write'),
  { kind: 'committed', clientId: idOf('c1'), sequence, version },
];
/** The storage is copied when it is empty; a write is committed, and the client begins again on the copy with another write. */
const overtaken = [
  { kind: 'storageCopied', client: 'c1' } as const,
  ...connected('c1', 1, ann),
  ...task(insertTodo('c1', walk), ...kept('c1', 1, 'insert')),
  ...task(...says(1, 1, 'first'), ...committedAs(1, 'first', 4)),
  ...acknowledged('c1', 1, 1, 4, 't4'),
  restored,
  ...task(serverHeardClose('c1', 1)),
  ...connected('c1', 2, ann),
  ...task(insertTodo('c1', call), ...kept('c1', 1, 'insert')),
  ...task(...says(2, 1, 'second')),
];
const forked = [
  ...overtaken,
  ...task(...serverSays('c1', 2, { word: 'forked', sequence: 1 }), { kind: 'forkBegan', client: 'c1', epoch: 2 } as const),
  ...task(
    { kind: 'forkKept', client: 'c1', epoch: 2 } as const,
    clientCloses('c1', 2),
    attempted('c1', 3),
    observedStatus('c1', 'CONNECTING'),
  ),
  ...task(
    serverHeardClose('c1', 2),
    opened('c1', 3),
    ...clientSays('c1', 3, { word: 'hello', token: ann.label, clientId: 'a fresh id', schema: null }),
  ),
  ...task(...serverSays('c1', 3, { word: 'accepted' }), observedStatus('c1', 'OPEN')),
];
export const traces: RuleTraces = {
  rule: 'W1',
  accepts: {
    title: 'the write that is sent again is acknowledged at once, and told once',
    actions: [...sentAgain, ...acknowledged('c1', 2, 1, 4, 't4'), quiet({ c1: ['OPEN', ann] })],
  },
  rejects: { title: 'the write that is sent again is appended again', actions: [...sentAgain, appendBegan('c1', 1)] },
  also: [
    {
      accepts: {
        title: 'another write under a number that is used up goes on under a fresh id',
        actions: [
          ...forked,
          ...task(
            ...clientSays('c1', 3, { word: 'write', sequence: 1, id: 'second', resent: true, answered: 0 }),
            { kind: 'appendBegan', client: 'c1', clientId: 'a fresh id', sequence: 1, id: 'second' },
            ...durable('write'),
            { kind: 'committed', clientId: 'a fresh id', sequence: 1, version: 5 },
          ),
          ...acknowledged('c1', 3, 1, 5, 't5'),
          quiet({ c1: ['OPEN', ann] }),
        ],
      },
      rejects: {
        title: 'it is acknowledged unread',
        actions: [...overtaken, serverSent('c1', 2, { word: 'acknowledged', sequence: 1, version: 4 })],
      },
    },
    {
      accepts: {
        title: 'a write keeps its id under another number',
        actions: [...forked, ...task(...clientSays('c1', 3, { word: 'write', sequence: 1, id: 'second', resent: true, answered: 0 }))],
      },
      rejects: {
        title: 'the write is sent again with another id',
        actions: [...forked, clientSent('c1', 3, { word: 'write', sequence: 1, id: 'third', resent: true, answered: 0 })],
      },
    },
  ],
};
