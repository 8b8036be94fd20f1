/** S6: other claims under equal roles are accepted, other roles are not. */
import type { Token } from '../actions.ts';
import {
  clientSays,
  observedRejected,
  observedResolved,
  observedSessionError,
  observedStatus,
  quiet,
  serverCloses,
  serverSays,
  serverSent,
  task,
  updateSessionToken,
} from './build.ts';
import { ann, annPaying, bob } from './cast.ts';
import { connected } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

/** By the client that knows no roles: the server alone can tell. */
const updating = (token: Token, request: number) =>
  task(updateSessionToken('c2', token), ...clientSays('c2', 1, { word: 'updateToken', request, token: token.label }));
const otherClaims = [
  ...connected('c2', 1, ann),
  ...updating(annPaying, 1),
  ...task(...serverSays('c2', 1, { word: 'tokenAccepted', request: 1 }), observedResolved('c2', 'token')),
];

export const traces: RuleTraces = {
  rule: 'S6',
  accepts: {
    title: 'another plan is accepted, another user is closed with ROLES_MISMATCH',
    actions: [
      ...otherClaims,
      ...updating(bob, 2),
      ...task(
        ...serverCloses('c2', 1, 'ROLES_MISMATCH'),
        observedRejected('c2', 'token', 'SessionRolesMismatchError'),
        observedStatus('c2', 'CLOSED'),
        observedSessionError('c2', 'ROLES_MISMATCH'),
      ),
      quiet({ c2: ['CLOSED', annPaying] }),
    ],
  },
  rejects: {
    title: 'another user is accepted, since the same role matches',
    actions: [...otherClaims, ...updating(bob, 2), serverSent('c2', 1, { word: 'tokenAccepted', request: 2 })],
  },
};
