import { add, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A session begins, with a subscription from before, while another client writes, and the connection may be lost. */
export const openingAndCut: Scope = {
  name: 'opening-and-cut',
  sentence: 'a session begins, with a subscription from before, while another client writes, and the connection may be lost',
  rules: ['S1', 'S9', 'Q6'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c2', tokenOf('bob')), subscribe('c1', 's1'), subscribe('c2', 's2')],
  threads: [[startSession('c1', tokenOf('ann'))], [add('c2', 'rent')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
};
