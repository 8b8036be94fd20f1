import { milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A token is refreshed by its handler while its client writes. */
export const refreshAndWrite: Scope = {
  name: 'refresh-and-write',
  sentence: 'a token is refreshed by its handler while its client writes',
  rows: milk,
  clients: ['c1'],
  setup: [
    startSession('c1', tokenOf('ann'), { intervalMs: 10_000, answers: [{ answer: 'token', token: tokenOf('ann', 60_000) }] }),
    subscribe('c1', 's1'),
    { do: 'advance', ms: 10_000 },
  ],
  threads: [[retitle('c1', 'of c1')]],
};
