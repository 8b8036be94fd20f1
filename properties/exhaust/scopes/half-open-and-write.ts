import { retitle, scope } from '../scope.ts';

export const halfOpenAndWrite = scope({
  sentence: 'a connection may go half-open while both clients write',
  rules: ['S9', 'W1'],
  tooth: 'outbox-not-sent-again',
  threads: [[retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
  fault: { do: 'cut', client: 'c1', how: 'halfOpen' },
});
