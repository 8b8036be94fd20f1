/** S1: OPEN begins when the acceptance is heard. */
import { clientCloses, clientHeardClose, disconnect, observedStatus, opened, quiet, serverHeardClose, task } from './build.ts';
import { ann } from './cast.ts';
import { connected, connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

export const traces: RuleTraces = {
  rule: 'S1',
  accepts: {
    title: 'CONNECTING, OPEN at the acceptance, CLOSING at disconnect, CLOSED once its close is heard',
    actions: [
      ...connected('c1', 1, ann),
      quiet({ c1: ['OPEN', ann] }),
      ...task(disconnect('c1'), clientCloses('c1', 1), observedStatus('c1', 'CLOSING')),
      ...task(
        serverHeardClose('c1', 1),
        clientHeardClose('c1', 1, { reason: 'MANUAL_DISCONNECT', retry: false }),
        observedStatus('c1', 'CLOSED'),
      ),
      quiet({ c1: ['CLOSED', ann] }),
    ],
  },
  rejects: {
    title: 'OPEN is told when the socket opens',
    actions: [...connecting('c1', 1, ann), ...task(opened('c1', 1), observedStatus('c1', 'OPEN'))],
  },
};
