import { add, milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** The network closes a connection in good order while both clients write; the other one follows nothing, which halves the moves. */
export const cleanCutAndWrite: Scope = {
  name: 'clean-cut-and-write',
  sentence: 'the network closes a connection in good order while both clients write',
  rules: ['W1', 'S9', 'Q2', 'H3'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob'))],
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'cut', client: 'c1', how: 'clean' },
};
