/** Permissions deny by a variable that has no value, or none that the operator takes: nothing passes, a negation neither (P1, P2). */
import type { RolePermissions } from '../../../vocabulary/schemas.ts';
import { negationsWithoutValue } from '../../generation/permissions.ts';
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema } from '../../generation/schemas.ts';
import { always, everyTodo, fittingTodo, flowing, insert, pickAny, pickOther, type Recipe, subscribe, update, within } from './recipe.ts';

export const negationWithoutValue: Recipe = {
  name: 'negation-without-value',
  suits: within(['permissions'], always),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickAny(drawing);
    const other = pickOther(drawing, client);
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
    yield* flowing(drawing, client);
    if (chance.percent(50)) yield subscribe(drawing, client, everyTodo);
    yield insert(other, fittingTodo(drawing, other, 'milk', { tags: ['home'] }));
    yield { do: 'pushSchema', schema: { collections: { ...collections, todos }, roles: castSchema.roles } };
    yield insert(client, fittingTodo(drawing, client, 'rent', { tags: ['home'] }));
    yield update(client, 'rent', { done: chance.percent(50) });
    if (chance.percent(50)) yield { do: 'delete', client: client.name, collection: 'todos', id: 'rent' };
  },
};
