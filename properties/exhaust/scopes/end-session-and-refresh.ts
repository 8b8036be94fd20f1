import { milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A session ends while its token is being refreshed, and another one begins. */
export const endSessionAndRefresh: Scope = {
  name: 'end-session-and-refresh',
  sentence: 'a session ends while its token is being refreshed, and another one begins',
  rules: ['S10', 'S2', 'S7'],
  rows: milk,
  clients: ['c1'],
  setup: [
    startSession('c1', tokenOf('ann'), { intervalMs: 10_000, answers: [{ answer: 'token', token: tokenOf('ann', 60_000) }] }),
    subscribe('c1', 's1'),
    { do: 'advance', ms: 10_000 },
  ],
  threads: [[{ do: 'endSession', client: 'c1' }, startSession('c1', tokenOf('cleo'))]],
};
