import { add, scope, startSession, subscribe, tokenOf } from '../scope.ts';

export const openingAndCut = scope({
  sentence: 'a session begins, with a subscription from before, while another client writes, and the connection may be lost',
  rules: ['S1', 'S9', 'Q6'],
  tooth: 'open-at-socket-opening',
  setup: [startSession('c2', tokenOf('bob')), subscribe('c1', 's1'), subscribe('c2', 's2')],
  threads: [[startSession('c1', tokenOf('ann'))], [add('c2', 'rent')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
});
