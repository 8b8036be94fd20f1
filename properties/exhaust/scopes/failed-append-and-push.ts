import { notedSchema, todosSchema } from '../schemas.ts';
import { retitle, scope } from '../scope.ts';

export const failedAppendAndPush = scope({
  sentence: 'an append may fail, its entry lost, while a schema is pushed and a client writes',
  rules: ['W2', 'C3'],
  tooth: 'waiting-push-never-told',
  schema: todosSchema(),
  threads: [[{ do: 'pushSchema', schema: notedSchema }], [retitle('c1', 'of c1')]],
  fault: { do: 'failStorage', process: 'server', keepsTail: false },
});
