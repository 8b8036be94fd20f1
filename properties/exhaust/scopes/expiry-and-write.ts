import { bothFollowFrom, retitle, scope, startSession, tokenOf } from '../scope.ts';

export const expiryAndWrite = scope({
  sentence: 'a token expires while its client and another one write',
  rules: ['S5', 'S7', 'S9'],
  tooth: 'update-before-acknowledgement',
  setup: [...bothFollowFrom(startSession('c1', tokenOf('ann', 20_000))), { do: 'advance', ms: 20_000 }],
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
});
