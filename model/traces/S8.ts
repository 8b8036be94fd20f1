/** S8: `onSessionError` fires exactly once for a close that is one. */
import { clientSays, idOf, observedSessionError, observedStatus, opened, quiet, serverCloses, task } from './build.ts';
import { annForged } from './cast.ts';
import { connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const refused = [
  ...connecting('c1', 1, annForged),
  ...task(opened('c1', 1), ...clientSays('c1', 1, { word: 'hello', token: 'ann forged', clientId: idOf('c1'), schema: null })),
];
const told = [...serverCloses('c1', 1, 'UNAUTHORIZED'), observedStatus('c1', 'CLOSED'), observedSessionError('c1', 'UNAUTHORIZED')];

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
};
