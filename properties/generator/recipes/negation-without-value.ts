/** Permissions deny by a variable that has no value, or none that the operator takes: nothing passes, a negation neither (P1, P2). */
import type { RolePermissions } from '../../../vocabulary/schemas.ts';
import { free, negationsWithoutValue } from '../../generation/permissions.ts';
import { todosPermitted } from '../../generation/schema-changes.ts';
import * as act from './recipe.ts';

export const negationWithoutValue = act.recipe(act.within(['permissions'], act.anybody), function* ({ drawing, chance, client }) {
  const other = act.pickOther(drawing, client);
  const nothing = { filter: [chance.pick(negationsWithoutValue)] };
  const narrowed: RolePermissions = {
    ...free,
    ...chance.pick([{ read: nothing }, { update: nothing }, { postUpdate: nothing }, { delete: nothing }]),
  };
  yield* act.connected(drawing, client);
  if (chance.percent(50)) yield act.subscribe(drawing, client, act.everyTodo);
  yield act.insert(other, act.fittingTodo(drawing, other, 'milk', { tags: ['home'] }));
  yield { do: 'pushSchema', schema: todosPermitted(drawing, { guest: narrowed, member: narrowed }) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'rent', { tags: ['home'] }));
  yield act.update(client, 'rent', { done: chance.percent(50) });
  if (chance.percent(50)) yield { do: 'delete', client: client.name, collection: 'todos', id: 'rent' };
});
