import { add, oneFollows, retitle, scope } from '../scope.ts';

export const failedAppendKept = scope({
  sentence: 'an append may fail although its entry is kept, while two clients write',
  rules: ['W2'],
  tooth: 'failed-append-taken-for-lost',
  setup: oneFollows,
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'failStorage', process: 'server', keepsTail: true },
});
