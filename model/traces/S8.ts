/** S8: `onSessionError` fires exactly once for a close after which the client does not try again. */
import { clientSays, idOf, observedSessionError, observedStatus, opened, quiet, serverCloses, task } from './build.ts';
import { ann, annForged } from './cast.ts';
import { connected, connecting } from './prefixes.ts';
import type { RuleTraces, TracePair } from './trace.ts';

const refused = [
  ...connecting('c1', 1, annForged),
  ...task(opened('c1', 1), ...clientSays('c1', 1, { word: 'hello', token: 'ann forged', clientId: idOf('c1'), schema: null })),
];
const told = [...serverCloses('c1', 1, 'UNAUTHORIZED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'UNAUTHORIZED')];

/** The client breaks the protocol; what it said is no frame. */
const broken = [
  ...connected('c1', 1, ann),
  ...task({ kind: 'serverReceived', client: 'c1', connection: 1, word: { word: 'nonsense', nonsense: 'notJson' } }),
];
const protocolBroken: TracePair = {
  accepts: {
    title: 'a close since the client broke the protocol is told',
    actions: [
      ...broken,
      ...task(...serverCloses('c1', 1, 'INTERNAL_ERROR'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'INTERNAL_ERROR')),
      quiet({ c1: ['CLOSED', ann] }),
    ],
  },
  rejects: {
    title: 'the client stays CLOSED in silence',
    actions: [
      ...broken,
      ...task(...serverCloses('c1', 1, 'INTERNAL_ERROR'), observedStatus('c1', 'CLOSED')),
      quiet({ c1: ['CLOSED', ann] }),
    ],
  },
};

export const traces: RuleTraces = {
  rule: 'S8',
  accepts: {
    title: 'a close with UNAUTHORIZED is told once',
    actions: [...refused, ...task(...told), quiet({ c1: ['CLOSED', annForged] })],
  },
  rejects: {
    title: 'it is told at the close frame and again at the close event',
    actions: [...refused, ...told, observedSessionError('c1', 'UNAUTHORIZED')],
  },
  also: [protocolBroken],
};
