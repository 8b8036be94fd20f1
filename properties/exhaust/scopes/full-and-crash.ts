import { add, oneFollows, scope } from '../scope.ts';

export const fullAndCrash = scope({
  sentence: 'storage has no space for a write, then has some, and the server may crash meanwhile',
  rules: ['W2', 'W1', 'W5'],
  tooth: 'full-storage-taken-for-failure',
  setup: [...oneFollows, { do: 'fillStorage' }, { do: 'hold', label: 'server append' }, add('c1', 'bread')],
  threads: [[{ do: 'release', label: 'server append' }], [{ do: 'freeStorage' }]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: true },
});
