import { retitle, scope } from '../scope.ts';

export const cutAndWrite = scope({
  sentence: 'two clients write while the connection of one may be lost',
  rules: ['W1', 'S9', 'Q2', 'H3'],
  tooth: 'resent-write-not-acknowledged',
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
});
