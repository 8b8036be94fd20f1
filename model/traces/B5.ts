/** B5: a connection over a bound is closed with its name, the newest one alone; its client comes back where it may. */
import type { Action, ClientName, Closing } from '../actions.ts';
import {
  attempted,
  clientHeardClose,
  clientSays,
  drew,
  latest,
  observedSessionError,
  observedStatus,
  opened,
  quiet,
  serverGivesUp,
  serverHeardClose,
  task,
  time,
} from './build.ts';
import { ann, bob } from './cast.ts';
import { accepted, connected, connecting } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const over = (bound: string, retry = true): Closing => ({ reason: 'LIMIT_EXCEEDED', retry, explained: true, text: `over ${bound}` });
const serverClosed = (client: ClientName, connection: number, closing: Closing): Action => ({
  kind: 'serverClosed',
  client,
  connection,
  closing,
  givenUp: false,
});
/** Closed, and its client tries again as after a loss. */
const closedFor = (client: ClientName, connection: number, bound: string): readonly Action[] => [
  serverClosed(client, connection, over(bound)),
  clientHeardClose(client, connection, over(bound)),
  drew(client, latest),
  observedStatus(client, 'CLOSED'),
];

const crowded = [...connected('c1', 1, ann), ...connecting('c2', 2, bob), opened('c2', 2)];
const turnedAway = [...crowded, ...task(...closedFor('c2', 2, 'connectionsMax'))];

const afterwards: TracePair = {
  accepts: {
    title: 'when the other one has gone there is room',
    actions: [
      ...turnedAway,
      ...task(serverHeardClose('c1', 1)),
      time(250),
      ...task(attempted('c2', 3), observedStatus('c2', 'CONNECTING')),
      ...accepted('c2', 3, bob),
    ],
  },
  rejects: {
    title: 'the one that has gone is counted still',
    actions: [
      ...turnedAway,
      ...task(serverHeardClose('c1', 1)),
      time(250),
      ...task(attempted('c2', 3), observedStatus('c2', 'CONNECTING')),
      opened('c2', 3),
      serverClosed('c2', 3, over('connectionsMax')),
    ],
  },
};

const silent = [...connecting('c1', 1, ann), ...task(opened('c1', 1))];
const withoutHello: TracePair = {
  accepts: {
    title: 'no hello comes within ten seconds: the connection is closed, and its client tries again',
    actions: [...silent, time(10_000), ...task(...closedFor('c1', 1, 'helloTimeoutMs')), quiet({ c1: ['CLOSED', ann] })],
  },
  rejects: {
    title: 'the hello had come',
    actions: [...connected('c1', 1, ann), time(10_000), serverClosed('c1', 1, over('helloTimeoutMs'))],
  },
};
const early: TracePair = {
  accepts: {
    title: 'the hello comes in the last moment',
    actions: [
      ...silent,
      time(10_000),
      ...task(...clientSays('c1', 1, { word: 'hello', token: ann.label, clientId: "c1's id", schema: null })),
    ],
  },
  rejects: {
    title: 'a millisecond early',
    actions: [...silent, time(9_999), serverClosed('c1', 1, over('helloTimeoutMs'))],
  },
};
const forgotten: TracePair = {
  accepts: {
    title: 'nothing is owed before',
    actions: [...silent, time(9_999), quiet({ c1: ['CONNECTING', ann] }, null, null, {}, ['c1→server'])],
  },
  rejects: {
    title: 'the server waits on',
    actions: [...silent, time(10_000), quiet({ c1: ['CONNECTING', ann] }, null, null, {}, ['c1→server'])],
  },
};

const shouted: readonly Action[] = [
  ...connected('c1', 1, ann),
  ...task({ kind: 'serverReceived', client: 'c1', connection: 1, word: { word: 'nonsense', nonsense: 'oversized' } }),
];
const tooLong: TracePair = {
  accepts: {
    title: 'a frame that is too long closes its connection for good, with the name of the bound',
    actions: [
      ...shouted,
      ...task(
        serverClosed('c1', 1, over('frameBytesMax', false)),
        clientHeardClose('c1', 1, over('frameBytesMax', false)),
        observedStatus('c1', 'CLOSED'),
        observedSessionError('c1', 'LIMIT_EXCEEDED'),
      ),
      quiet({ c1: ['CLOSED', ann] }),
    ],
  },
  rejects: {
    title: 'nothing names the bound',
    actions: [...shouted, serverClosed('c1', 1, { ...over('frameBytesMax', false), text: 'too long' })],
  },
};

const pausedFor = (ms: number): readonly Action[] => [
  ...connected('c1', 1, ann),
  ...task({ kind: 'readingPaused', client: 'c1', connection: 1 }),
  time(ms),
];
const readOn: Action = { kind: 'readingResumed', client: 'c1', connection: 1 };
const reading: TracePair = {
  accepts: {
    title: 'the silence counts from where the server reads on',
    actions: [...pausedFor(200_000), ...task(readOn), time(305_000), ...task(serverGivesUp('c1', 1))],
  },
  rejects: { title: 'it gives up what it does not read', actions: [...pausedFor(200_000), serverGivesUp('c1', 1)] },
};
const readingAgain: TracePair = {
  accepts: {
    title: 'it reads on once the append that all waits for has ended',
    actions: [
      ...pausedFor(0),
      quiet({ c1: ['OPEN', ann] }, null, null, {}, ['server append']),
      ...task(readOn),
      quiet({ c1: ['OPEN', ann] }),
    ],
  },
  rejects: { title: 'it never does, though nothing hinders it', actions: [...pausedFor(0), quiet({ c1: ['OPEN', ann] })] },
};

export const traces: RuleTraces = {
  rule: 'B5',
  bounds: { connectionsMax: 1 },
  accepts: {
    title: 'the newest is closed at once; the other one goes on',
    actions: [...turnedAway, quiet({ c1: ['OPEN', ann], c2: ['CLOSED', bob] })],
  },
  rejects: { title: 'it is let in', actions: [...crowded, { kind: 'taskEnded' }] },
  also: [afterwards, withoutHello, early, forgotten, tooLong, reading, readingAgain],
};
