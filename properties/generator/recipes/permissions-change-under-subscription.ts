/** Permissions change under a live subscription, and writes are judged by the new ones (C5, P1, Q5). */
import { schemaNow } from '../../generation/schema-changes.ts';
import { withPermissions } from '../../generation/schemas.ts';
import { append, toClient } from '../../language/labels.ts';
import { anyFlowing, fittingTodo, holding, holdOnce, insert, pickFlowing, type Recipe, releaseHeld, update, within } from './recipe.ts';

export const permissionsChangeUnderSubscription: Recipe = {
  name: 'permissions-change-under-subscription',
  suits: within(['permissions'], anyFlowing),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const label = chance.pick([append, toClient(client.name)]);
    yield* holding(drawing, client, 'rent');
    if (chance.percent(40)) yield* holdOnce(drawing, label);
    yield { do: 'pushSchema', schema: withPermissions(chance, schemaNow(drawing)) };
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    yield update(client, 'rent', { done: chance.percent(50) });
    yield { do: 'pushSchema', schema: withPermissions(chance, schemaNow(drawing)) };
    yield* releaseHeld(drawing, label);
  },
};
