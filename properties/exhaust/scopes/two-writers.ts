import { add, milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** One client updates a row twice while another one, which does not follow it, inserts the same row. */
export const twoWriters: Scope = {
  name: 'two-writers',
  sentence: 'one client updates a row twice while another one, which does not follow it, inserts the same row',
  rules: ['W3', 'W5', 'W1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob'))],
  threads: [[retitle('c1', 'first of c1'), retitle('c1', 'second of c1')], [add('c2', 'milk')]],
};
