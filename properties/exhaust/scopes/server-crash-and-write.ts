import { add, oneFollows, retitle, scope } from '../scope.ts';

export const serverCrashAndWrite = scope({
  sentence: 'the server may crash, and lose what it was appending, while two clients write',
  rules: ['W2', 'W1'],
  tooth: 'resent-write-not-acknowledged',
  setup: oneFollows,
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: false },
});
