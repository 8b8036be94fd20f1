/** Permissions deny by a variable that has no value, or none that the operator takes: nothing passes, a negation neither (P1, P2). */
import type { RolePermissions } from '../../../vocabulary/schemas.ts';
import { negationsWithoutValue } from '../../generation/permissions.ts';
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema } from '../../generation/schemas.ts';
import * as act from './recipe.ts';

export const negationWithoutValue: act.Recipe = {
  name: 'negation-without-value',
  suits: act.within(['permissions'], act.always),
  *play(drawing) {
    const { chance } = drawing;
    const client = act.pickAny(drawing);
    const other = act.pickOther(drawing, client);
    const { collections } = schemaNow(drawing);
    const attributes = (collections.todos ?? castSchema.collections.todos)?.attributes ?? {};
    const everything = { filter: [] };
    const nothing = { filter: [chance.pick(negationsWithoutValue)] };
    const free = { read: everything, insert: everything, update: everything, delete: everything };
    const narrowed: RolePermissions = {
      ...free,
      ...chance.pick([{ read: nothing }, { update: nothing }, { postUpdate: nothing }, { delete: nothing }]),
    };
    const todos = { attributes, permissions: { guest: narrowed, member: narrowed } };
    yield* act.flowing(drawing, client);
    if (chance.percent(50)) yield act.subscribe(drawing, client, act.everyTodo);
    yield act.insert(other, act.fittingTodo(drawing, other, 'milk', { tags: ['home'] }));
    yield { do: 'pushSchema', schema: { collections: { ...collections, todos }, roles: castSchema.roles } };
    yield act.insert(client, act.fittingTodo(drawing, client, 'rent', { tags: ['home'] }));
    yield act.update(client, 'rent', { done: chance.percent(50) });
    if (chance.percent(50)) yield { do: 'delete', client: client.name, collection: 'todos', id: 'rent' };
  },
};
