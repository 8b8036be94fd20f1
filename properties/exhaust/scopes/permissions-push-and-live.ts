import type { Filter } from '../../../vocabulary/queries.ts';
import { everything, todosSchema } from '../schemas.ts';
import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

const own: Filter = {
  mod: 'or',
  filters: [
    ['title', '=', 'milk'],
    ['title', '=', '$role.user'],
  ],
};

/** Who may read what changes under the live subscriptions of two clients, while a row passes from one to the other and back. */
export const permissionsPushAndLive: Scope = {
  name: 'permissions-push-and-live',
  sentence: 'who may read what changes under the live subscriptions of two clients, while a row passes from one to the other and back',
  rules: ['C5', 'P1', 'P2', 'C1'],
  rows: milk,
  clients: ['c1', 'c2'],
  schema: todosSchema(),
  setup: bothFollow,
  threads: [
    [{ do: 'pushSchema', schema: todosSchema({ member: { ...everything, read: { filter: [own] } } }) }],
    [retitle('c1', 'bob')],
    [retitle('c2', 'ann')],
  ],
};
