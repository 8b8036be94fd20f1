import { add, oneFollows, retitle, scope } from '../scope.ts';

export const cleanCutAndWrite = scope({
  sentence: 'the network closes a connection in good order while both clients write',
  rules: ['W1', 'S9', 'Q2', 'H3'],
  tooth: 'groups-not-left-on-disconnect',
  setup: oneFollows,
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'cut', client: 'c1', how: 'clean' },
});
