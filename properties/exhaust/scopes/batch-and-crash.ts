import { notedSchema, todosSchema } from '../schemas.ts';
import { add, oneFollows, scope } from '../scope.ts';

export const batchAndCrash = scope({
  sentence: 'the server may crash, with the first of two writes kept that storage takes together',
  rules: ['W2', 'W1'],
  tooth: 'batch-stored-backwards',
  schema: todosSchema(),
  setup: [
    ...oneFollows,
    { do: 'hold', label: 'server append' },
    { do: 'pushSchema', schema: notedSchema },
    add('c1', 'bread'),
    add('c2', 'rent'),
  ],
  threads: [[{ do: 'release', label: 'server append' }]],
  fault: { do: 'restartServer', how: 'crash', keepsTail: true, keptEntries: 1 },
});
