import { add, oneFollows, scope, startSession, tokenOf } from '../scope.ts';

export const replacedAndWrite = scope({
  sentence: 'a session that is OPEN is replaced while another client writes what it follows',
  rules: ['S2', 'S6'],
  tooth: 'replaced-connection-left-open',
  setup: oneFollows,
  threads: [[startSession('c1', tokenOf('cleo'))], [add('c2', 'rent')]],
});
