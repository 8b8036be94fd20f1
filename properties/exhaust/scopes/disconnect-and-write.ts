import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A client disconnects and connects again while another one writes. */
export const disconnectAndWrite: Scope = {
  name: 'disconnect-and-write',
  sentence: 'a client disconnects and connects again while another one writes',
  rules: ['S1', 'S9', 'H3', 'Q6'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [
    [
      { do: 'disconnect', client: 'c1' },
      { do: 'connect', client: 'c1' },
    ],
    [retitle('c2', 'of c2')],
  ],
};
