import { refreshing, scope, startSession, subscribe, tokenOf } from '../scope.ts';

export const endSessionAndRefresh = scope({
  sentence: 'a session ends while its token is being refreshed, and another one begins',
  rules: ['S10', 'S2', 'S7'],
  tooth: 'old-refresh-answers-new-session',
  clients: ['c1'],
  setup: [refreshing('c1'), subscribe('c1', 's1'), { do: 'advance', ms: 10_000 }],
  threads: [[{ do: 'endSession', client: 'c1' }, startSession('c1', tokenOf('cleo'))]],
});
