import { bothFollow, done, retitle, scope, subscribe } from '../scope.ts';

export const unsubscribeAndWrite = scope({
  sentence: 'one of two equal subscriptions of a client ends while another client writes',
  rules: ['Q4', 'H3', 'H4', 'H1'],
  tooth: 'unsubscribe-leaves-for-both',
  setup: [...bothFollow, subscribe('c1', 's3')],
  threads: [[{ do: 'unsubscribe', client: 'c1', subscription: 's1' }], [retitle('c2', 'of c2'), done('c2')]],
});
