import { milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** The server may crash, and lose what it was appending, while a client writes. */
export const serverCrashAndWrite: Scope = {
  name: 'server-crash-and-write',
  sentence: 'the server may crash, and lose what it was appending, while a client writes',
  rows: milk,
  clients: ['c1'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1')],
  threads: [[retitle('c1', 'of c1')]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: false },
};
