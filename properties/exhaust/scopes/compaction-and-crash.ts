import { add, oneFollows, retitle, scope } from '../scope.ts';

export const compactionAndCrash = scope({
  sentence: 'the server may crash while its log is cut behind a snapshot, and two clients write',
  rules: ['W2', 'W1'],
  tooth: 'compaction-forgets-number',
  logEntriesMax: 2,
  setup: oneFollows,
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: true },
});
