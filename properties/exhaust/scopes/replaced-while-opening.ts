import { scope, startSession, subscribe, tokenOf } from '../scope.ts';

export const replacedWhileOpening = scope({
  sentence: 'a session is replaced while its socket may still be opening, with a subscription from before, and a connection may be lost',
  rules: ['S2', 'S1'],
  tooth: 'late-close-hits-new-session',
  clients: ['c1'],
  setup: [subscribe('c1', 's1')],
  threads: [[startSession('c1', tokenOf('ann')), startSession('c1', tokenOf('cleo'))]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
});
