/** S11: a token is judged before any data. */
import { clientSays, idOf, observedSessionError, observedStatus, opened, quiet, serverCloses, serverSent, task } from './build.ts';
import { annForged } from './cast.ts';
import { connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const greeted = [
  ...connecting('c1', 1, annForged),
  ...task(opened('c1', 1), ...clientSays('c1', 1, { word: 'hello', token: 'ann forged', clientId: idOf('c1'), schema: null })),
];

export const traces: RuleTraces = {
  rule: 'S11',
  accepts: {
    title: 'a token with algorithm `none` is refused as UNAUTHORIZED',
    actions: [
      ...greeted,
      ...task(...serverCloses('c1', 1, 'UNAUTHORIZED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'UNAUTHORIZED')),
      quiet({ c1: ['CLOSED', annForged] }),
    ],
  },
  rejects: {
    title: 'a token with algorithm `none` is accepted',
    actions: [...greeted, serverSent('c1', 1, { word: 'accepted' })],
  },
};
