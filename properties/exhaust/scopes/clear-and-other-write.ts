import { add, oneFollows, scope } from '../scope.ts';

export const clearAndOtherWrite = scope({
  sentence: 'a client clears its store while another one writes what it follows',
  rules: ['K1'],
  tooth: 'groups-not-left-on-disconnect',
  setup: oneFollows,
  threads: [[{ do: 'clear', client: 'c1' }], [add('c2', 'rent')]],
});
