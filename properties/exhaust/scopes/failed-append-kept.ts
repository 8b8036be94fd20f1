import { add, milk, retitle, type Scope, startSession, subscribe, tokenOf } from '../scope.ts';

/** An append may fail although its entry is kept, while two clients write. */
export const failedAppendKept: Scope = {
  name: 'failed-append-kept',
  sentence: 'an append may fail although its entry is kept, while two clients write',
  rules: ['W2'],
  rows: milk,
  clients: ['c1', 'c2'],
  setup: [startSession('c1', tokenOf('ann')), subscribe('c1', 's1'), startSession('c2', tokenOf('bob'))],
  threads: [[retitle('c1', 'of c1')], [add('c2', 'rent')]],
  fault: { do: 'failStorage', process: 'server', keepsTail: true },
};
