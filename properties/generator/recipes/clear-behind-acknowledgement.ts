/** A store is cleared when a write of it was acknowledged and the act.update of that commit has not come (K1, Q2). */
import { toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const clearBehindAcknowledgement = act.recipe(act.within(['clear'], act.flowing), function* ({ drawing, chance, client }) {
  const label = toClient(client.name);
  yield* act.holding(drawing, client, 'rent');
  yield* act.holdOnce(drawing, label);
  yield chance.percent(70)
    ? act.insert(client, act.fittingTodo(drawing, client, 'milk'))
    : act.update(client, 'rent', { done: chance.percent(50) });
  yield { do: 'deliver', label, count: 1 };
  yield { do: 'clear', client: client.name };
  if (chance.percent(40)) yield act.insert(client, act.fittingTodo(drawing, client, chance.pick(['milk', 'visa'])));
  yield* act.releaseHeld(drawing, label);
});
