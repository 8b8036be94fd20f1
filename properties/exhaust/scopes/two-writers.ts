import { add, oneFollows, retitle, scope } from '../scope.ts';

export const twoWriters = scope({
  sentence: 'one client updates a row twice while another one, which does not follow it, inserts the same row',
  rules: ['W3', 'W5', 'W1'],
  tooth: 'one-write-in-flight-forgotten',
  setup: oneFollows,
  threads: [[retitle('c1', 'first of c1'), retitle('c1', 'second of c1')], [add('c2', 'milk')]],
});
