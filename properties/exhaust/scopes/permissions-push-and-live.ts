import type { Filter } from '../../../vocabulary/queries.ts';
import { everything, todosSchema } from '../schemas.ts';
import { retitle, scope } from '../scope.ts';

const own: Filter = {
  mod: 'or',
  filters: [
    ['title', '=', 'milk'],
    ['title', '=', '$role.user'],
  ],
};

export const permissionsPushAndLive = scope({
  sentence: 'who may read what changes under the live subscriptions of two clients, while a row passes from one to the other and back',
  rules: ['C5', 'P1', 'P2', 'C1'],
  tooth: 'removal-not-sent',
  schema: todosSchema(),
  threads: [
    [{ do: 'pushSchema', schema: todosSchema({ member: { ...everything, read: { filter: [own] } } }) }],
    [retitle('c1', 'bob')],
    [retitle('c2', 'ann')],
  ],
});
