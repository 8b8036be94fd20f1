import { notedSchema, todosSchema } from '../schemas.ts';
import { retitle, scope } from '../scope.ts';

export const schemaPushAndWrite = scope({
  sentence: 'a schema is pushed that one of two clients cannot live with, while both write',
  rules: ['C2', 'C3', 'C4', 'C5'],
  tooth: 'first-verdict-for-all',
  schema: notedSchema,
  schemasOfClients: { c1: notedSchema },
  threads: [[{ do: 'pushSchema', schema: todosSchema() }], [retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
});
