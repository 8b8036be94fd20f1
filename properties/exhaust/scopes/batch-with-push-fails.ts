import { everything, todosSchema } from '../schemas.ts';
import { add, oneFollows, scope } from '../scope.ts';

export const batchWithPushFails = scope({
  sentence: 'a batch of a push and a write that the push forbids may fail, with the push kept',
  rules: ['W2', 'C5', 'P1'],
  tooth: 'push-unseen-by-its-batch',
  schema: todosSchema(),
  setup: [
    ...oneFollows,
    { do: 'hold', label: 'server append' },
    add('c1', 'bread'),
    { do: 'pushSchema', schema: todosSchema({ member: { read: everything.read } }) },
    add('c2', 'rent'),
  ],
  threads: [[{ do: 'release', label: 'server append' }]],
  fault: { do: 'failStorage', process: 'server', keepsTail: true, keptEntries: 1 },
});
