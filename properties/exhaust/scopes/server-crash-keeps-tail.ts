import { add, milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** The server may crash, with what it was appending kept, while two clients write. */
export const serverCrashKeepsTail: Scope = {
  name: 'server-crash-keeps-tail',
  sentence: 'the server may crash, with what it was appending kept, while two clients write',
  rules: ['W2', 'W1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob'))],
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: true },
};
