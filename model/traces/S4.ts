/** S4: an accepted refresh is not to be noticed. */
import { clientSays, clientSent, observedResolved, quiet, serverSays, task, updateSessionToken } from './build.ts';
import { ann, annPaying, aunt, milk, openTodos } from './cast.ts';
import { connected, subscribed } from './prefixes.ts';
import type { RuleTraces } from './trace.ts';

const refreshed = [
  ...connected('c1', 1, ann),
  ...subscribed('c1', 1, 'a', openTodos, [milk, aunt]),
  ...task(updateSessionToken('c1', annPaying), ...clientSays('c1', 1, { word: 'updateToken', request: 1, token: 'ann paying' })),
  ...task(...serverSays('c1', 1, { word: 'tokenAccepted', request: 1 }), observedResolved('c1', 'token')),
];

export const traces: RuleTraces = {
  rule: 'S4',
  accepts: {
    title: 'after the acceptance of a refresh nothing is sent and nothing shown',
    actions: [...refreshed, quiet({ c1: ['OPEN', annPaying] })],
  },
  rejects: {
    title: 'the subscription is sent again with the new token',
    actions: [...refreshed, clientSent('c1', 1, { word: 'subscribe', subscription: 'a' })],
  },
};
