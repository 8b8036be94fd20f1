import { add, oneFollows, retitle, scope } from '../scope.ts';

export const serverCrashKeepsTail = scope({
  sentence: 'the server may crash, with what it was appending kept, while two clients write',
  rules: ['W2', 'W1'],
  tooth: 'write-applied-again',
  setup: oneFollows,
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: true },
});
