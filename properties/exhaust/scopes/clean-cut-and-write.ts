import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** The network closes a connection in good order while both clients write. */
export const cleanCutAndWrite: Scope = {
  name: 'clean-cut-and-write',
  sentence: 'the network closes a connection in good order while both clients write',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'clean' },
};
