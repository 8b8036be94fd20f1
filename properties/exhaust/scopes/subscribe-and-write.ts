import { done, scope, startSession, subscribe, tokenOf } from '../scope.ts';

export const subscribeAndWrite = scope({
  sentence: 'a subscription begins while another client writes what it is about, and its connection may be lost',
  rules: ['Q5', 'Q3', 'Q6', 'H4'],
  tooth: 'delta-looks-at-new-row-only',
  setup: [startSession('c1', tokenOf('ann')), startSession('c2', tokenOf('bob')), subscribe('c2', 's2')],
  threads: [[subscribe('c1', 's1')], [done('c2')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
});
