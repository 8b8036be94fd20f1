import { notedSchema, todosSchema } from '../schemas.ts';
import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A schema is pushed that one of two clients cannot live with, while both write. */
export const schemaPushAndWrite: Scope = {
  name: 'schema-push-and-write',
  sentence: 'a schema is pushed that one of two clients cannot live with, while both write',
  rules: ['C2', 'C3', 'C4', 'C5'],
  rows: milk,
  clients: ['c1', 'c2'],
  schema: notedSchema,
  schemasOfClients: { c1: notedSchema },
  setup: bothFollow,
  threads: [[{ do: 'pushSchema', schema: todosSchema() }], [retitle('c1', 'of c1')], [retitle('c2', 'of c2')]],
};
