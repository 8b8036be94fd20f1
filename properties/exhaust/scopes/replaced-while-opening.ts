import { milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A session is replaced while its socket may still be opening, with a subscription from before, and a connection may be lost. */
export const replacedWhileOpening: Scope = {
  name: 'replaced-while-opening',
  sentence: 'a session is replaced while its socket may still be opening, with a subscription from before, and a connection may be lost',
  rules: ['S2', 'S1'],
  rows: milk,
  clients: ['c1'],
  setup: [subscribe('c1', 's1')],
  threads: [[startSession('c1', tokenOf('ann')), startSession('c1', tokenOf('cleo'))]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
};
