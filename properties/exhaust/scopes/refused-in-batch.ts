import { everything, todosSchema } from '../schemas.ts';
import { add, oneFollows, scope } from '../scope.ts';

export const refusedInBatch = scope({
  sentence: 'storage may refuse a write, or a push and with it what a write in the same batch stands on',
  rules: ['W2', 'W4', 'C3'],
  tooth: 'refused-push-again',
  schema: todosSchema(),
  setup: [
    ...oneFollows,
    { do: 'hold', label: 'server append' },
    add('c1', 'bread'),
    { do: 'pushSchema', schema: todosSchema({ member: { read: everything.read } }) },
    add('c2', 'rent'),
  ],
  threads: [[{ do: 'release', label: 'server append' }]],
  fault: { do: 'refuseEntry', place: 1 },
});
