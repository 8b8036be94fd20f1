import { add, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A session and a subscription begin while another client writes, and the connection may be lost. */
export const openingAndCut: Scope = {
  name: 'opening-and-cut',
  sentence: 'a session and a subscription begin while another client writes, and the connection may be lost',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c2', tokenOf('bob'))],
  threads: [[startSession('c1', tokenOf('ann')), subscribe('c1', 's1')], [add('c2', 'rent')]],
  fault: { do: 'cut', client: 'c1', how: 'abrupt' },
};
