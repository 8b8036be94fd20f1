import { add, milk, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** A session that is OPEN is replaced while another client writes what it follows. */
export const replacedAndWrite: Scope = {
  name: 'replaced-and-write',
  sentence: 'a session that is OPEN is replaced while another client writes what it follows',
  rules: ['S2', 'S6'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob'))],
  threads: [[startSession('c1', tokenOf('cleo'))], [add('c2', 'rent')]],
};
