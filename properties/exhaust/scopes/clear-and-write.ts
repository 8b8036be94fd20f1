import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A client writes and clears its store while another one writes. */
export const clearAndWrite: Scope = {
  name: 'clear-and-write',
  sentence: 'a client writes and clears its store while another one writes',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [[retitle('c1', 'of c1'), { do: 'clear', client: 'c1' }], [retitle('c2', 'of c2')]],
};
