/** Permissions change under a live subscription, and writes are judged by the new ones (C5, P1, Q5). */
import { schemaNow } from '../../generation/schema-changes.ts';
import { withPermissions } from '../../generation/schemas.ts';
import { append, toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

const about = act.within(['permissions'], act.flowing);

export const permissionsChangeUnderSubscription = act.recipe(about, function* ({ drawing, chance, client }) {
  const label = chance.pick([append, toClient(client.name)]);
  yield* act.holding(drawing, client, 'rent');
  if (chance.percent(40)) yield* act.holdOnce(drawing, label);
  yield { do: 'pushSchema', schema: withPermissions(chance, schemaNow(drawing)) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  yield act.update(client, 'rent', { done: chance.percent(50) });
  yield { do: 'pushSchema', schema: withPermissions(chance, schemaNow(drawing)) };
  yield* act.releaseHeld(drawing, label);
});
