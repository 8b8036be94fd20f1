import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** Two clients write while the connection of one may be lost. */
export const cutAndWrite: Scope = {
  name: 'cut-and-write',
  sentence: 'two clients write while the connection of one may be lost',
  rules: ['W1', 'S9', 'Q2', 'H3'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
};
