import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A client may crash, and lose what it was storing, while both write. */
export const clientCrashAndWrite: Scope = {
  name: 'client-crash-and-write',
  sentence: 'a client may crash, and lose what it was storing, while both write',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  fault: { do: 'restartClient', client: 'c1', keepsTail: false },
};
