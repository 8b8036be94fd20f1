/** S2: nothing of a replaced session changes what follows. */
import {
  attempted,
  clientCloses,
  clientHeard,
  clientSays,
  idOf,
  observedResolved,
  observedStatus,
  opened,
  quiet,
  serverHeardClose,
  serverSent,
  startSession,
  task,
} from './build.ts';
import { ann, bob } from './cast.ts';
import { accepted, connecting } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

/** The acceptance of the first session is under way when the second replaces it. */
const replaced = [
  ...connecting('c1', 1, ann),
  ...task(
    opened('c1', 1),
    ...clientSays('c1', 1, { word: 'hello', token: 'ann', clientId: idOf('c1'), schema: null }),
    serverSent('c1', 1, { word: 'accepted' }),
  ),
  ...task(
    startSession('c1', bob, { promise: 'second start' }),
    clientCloses('c1', 1),
    attempted('c1', 2),
    observedResolved('c1', 'second start'),
  ),
];
const lateAcceptance = clientHeard('c1', 1, { word: 'accepted' });

export const traces: RuleTraces = {
  rule: 'S2',
  accepts: {
    title: 'the acceptance of a replaced connection comes late and is ignored; the second session opens by its own',
    actions: [
      ...replaced,
      ...task(lateAcceptance),
      ...task(serverHeardClose('c1', 1)),
      ...accepted('c1', 2, bob),
      quiet({ c1: ['OPEN', bob] }),
    ],
  },
  rejects: {
    title: 'the late acceptance of the replaced connection opens the second session',
    actions: [...replaced, ...task(lateAcceptance, observedStatus('c1', 'OPEN'))],
  },
};
