/** Roles are pushed between two tokens of one session: tokens are matched by the roles that count now, for what they may do too (S6, C5). */
import type { RolePermissions, Schema } from '../../../vocabulary/schemas.ts';
import { schemaNow } from '../../generation/schema-changes.ts';
import { castSchema, sorted } from '../../generation/schemas.ts';
import * as act from './recipe.ts';

export const rolesChangeBetweenUpdates: act.Recipe = {
  name: 'roles-change-between-updates',
  suits: act.within(['pushes'], act.always),
  *play(drawing) {
    const { chance } = drawing;
    const client = act.pickAny(drawing);
    yield* act.flowing(drawing, client);
    const token = { ...act.nextToken(drawing, client), lifetimeMs: null };
    yield { do: 'updateSessionToken', client: client.name, token };
    if (drawing.profile.families.includes('permissions')) {
      yield { do: 'pushSchema', schema: openedToEveryone(schemaNow(drawing)) };
      yield act.subscribe(drawing, client, act.everyTodo);
    }
    if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
    yield { do: 'pushSchema', schema: withOrWithoutEveryone(schemaNow(drawing)) };
    if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'rent'));
    yield { do: 'updateSessionToken', client: client.name, token };
  },
};

/** Whether anybody has that role is another question. */
function openedToEveryone({ collections, roles }: Schema): Schema {
  const everything = { filter: [] };
  const everyone: RolePermissions = { read: everything, insert: everything, update: everything, delete: everything };
  const attributes = (collections.todos ?? castSchema.collections.todos)?.attributes ?? {};
  return { collections: { ...collections, todos: { attributes, permissions: { everyone } } }, roles };
}

function withOrWithoutEveryone(schema: Schema): Schema {
  const { everyone, ...others } = schema.roles;
  return { ...schema, roles: everyone === undefined ? sorted({ ...others, everyone: { match: {} } }) : others };
}
