import { retitle, scope, tokenOf } from '../scope.ts';

export const updateTokenAndCut = scope({
  sentence: 'a token is updated and a row is written while the connection may be lost',
  rules: ['S3', 'S4', 'S5'],
  tooth: 'pending-updates-lost',
  threads: [[{ do: 'updateSessionToken', client: 'c1', token: tokenOf('ann', 60_000) }], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
});
