import { notedSchema, todosSchema } from '../schemas.ts';
import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** An append may fail, its entry lost, while a schema is pushed and a client writes. */
export const failedAppendAndPush: Scope = {
  name: 'failed-append-and-push',
  sentence: 'an append may fail, its entry lost, while a schema is pushed and a client writes',
  rules: ['W2', 'C3'],
  rows: milk,
  clients: ['c1', 'c2'],
  schema: todosSchema(),
  setup: bothFollow,
  threads: [[{ do: 'pushSchema', schema: notedSchema }], [retitle('c1', 'of c1')]],
  fault: { do: 'failStorage', process: 'server', keepsTail: false },
};
