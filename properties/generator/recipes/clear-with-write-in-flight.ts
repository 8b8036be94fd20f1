/** A store is cleared while a write of it is on its way: it may commit, and nobody is told (K1). */
import { append, storeOf, toClient, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const clearWithWriteInFlight = act.recipe(act.within(['clear'], act.flowing), function* ({ drawing, chance, client }) {
  const label = chance.pick([toServer(client.name), toClient(client.name), append, storeOf(client.name)]);
  yield* act.holding(drawing, client, 'rent');
  yield* act.holdOnce(drawing, label);
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  yield { do: 'clear', client: client.name };
  if (chance.percent(60)) yield act.insert(client, act.fittingTodo(drawing, client, chance.pick(['milk', 'visa'])));
  yield* act.releaseHeld(drawing, label);
});
