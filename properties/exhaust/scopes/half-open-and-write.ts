import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A connection may go half-open while both clients write. */
export const halfOpenAndWrite: Scope = {
  name: 'half-open-and-write',
  sentence: 'a connection may go half-open while both clients write',
  rules: ['S9', 'W1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'halfOpen' },
};
