import { add, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A client clears its store while another one writes what it follows. */
export const clearAndOtherWrite: Scope = {
  name: 'clear-and-other-write',
  sentence: 'a client clears its store while another one writes what it follows',
  rules: ['K1'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob'))],
  threads: [[{ do: 'clear', client: 'c1' }], [add('c2', 'rent')]],
};
