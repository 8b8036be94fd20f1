import { bothFollow, milk, retitle, type Scope, startSession, tokenOf } from '../scope.ts';

/** A client that writes may crash, lose what it was storing, and begin a session again. */
export const clientCrashAndWrite: Scope = {
  name: 'client-crash-and-write',
  sentence: 'a client that writes may crash, lose what it was storing, and begin a session again',
  rules: ['K2', 'W5', 'W1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1'), startSession('c1', tokenOf('ann'))]],
  fault: { do: 'restartClient', client: 'c1', keepsTail: false },
};
