/** S3: a token update resolves when the server's acceptance of it is heard. */
import { clientSays, observedResolved, quiet, serverSays, task, updateSessionToken } from './build.ts';
import { ann, annPaying } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const sent = [
  ...connected('c1', 1, ann),
  ...task(updateSessionToken('c1', annPaying), ...clientSays('c1', 1, { word: 'updateToken', request: 1, token: 'ann paying' })),
];

export const traces: RuleTraces = {
  rule: 'S3',
  accepts: {
    title: 'the update goes in-band and resolves at the acceptance',
    actions: [
      ...sent,
      ...task(...serverSays('c1', 1, { word: 'tokenAccepted', request: 1 }), observedResolved('c1', 'token')),
      quiet({ c1: ['OPEN', annPaying] }),
    ],
  },
  rejects: {
    title: 'the update resolves when it has been sent',
    actions: [...sent, observedResolved('c1', 'token')],
  },
};
