import { done, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A subscription begins while another client writes what it is about, and its connection may be lost. */
export const subscribeAndWrite: Scope = {
  name: 'subscribe-and-write',
  sentence: 'a subscription begins while another client writes what it is about, and its connection may be lost',
  rules: ['Q5', 'Q3', 'Q6', 'H4'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), startSession('c2', tokenOf('bob')), subscribe('c2', 's2')],
  threads: [[subscribe('c1', 's1')], [done('c2')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
};
