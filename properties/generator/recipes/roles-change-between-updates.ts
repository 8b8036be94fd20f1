/** Roles are pushed between two tokens of one session: tokens are matched by the roles that count now, for what they may do too (S6, C5). */
import type { Schema } from '../../../vocabulary/schemas.ts';
import { free } from '../../generation/permissions.ts';
import { schemaNow, todosPermitted } from '../../generation/schema-changes.ts';
import { sorted } from '../../generation/schemas.ts';
import * as act from './recipe.ts';

export const rolesChangeBetweenUpdates = act.recipe(act.within(['pushes'], act.anybody), function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  const token = { ...act.nextToken(drawing, client), lifetimeMs: null };
  yield { do: 'updateSessionToken', client: client.name, token };
  if (drawing.profile.families.includes('permissions')) {
    // Whether anybody has that role is another question.
    yield { do: 'pushSchema', schema: todosPermitted(drawing, { everyone: free }, schemaNow(drawing).roles) };
    yield act.subscribe(drawing, client, act.everyTodo);
  }
  if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  yield { do: 'pushSchema', schema: withOrWithoutEveryone(schemaNow(drawing)) };
  if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'rent'));
  yield { do: 'updateSessionToken', client: client.name, token };
});

function withOrWithoutEveryone(schema: Schema): Schema {
  const { everyone, ...others } = schema.roles;
  return { ...schema, roles: everyone === undefined ? sorted({ ...others, everyone: { match: {} } }) : others };
}
