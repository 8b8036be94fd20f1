import { bothFollow, done, milk, retitle, type Scope, subscribe } from '../scope.ts';

/** One of two equal subscriptions of a client ends while another client writes. */
export const unsubscribeAndWrite: Scope = {
  name: 'unsubscribe-and-write',
  sentence: 'one of two equal subscriptions of a client ends while another client writes',
  rules: ['Q4', 'H3', 'H4', 'H1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [...bothFollow, subscribe('c1', 's3')],
  threads: [[{ do: 'unsubscribe', client: 'c1', subscription: 's1' }], [retitle('c2', 'of c2'), done('c2')]],
};
