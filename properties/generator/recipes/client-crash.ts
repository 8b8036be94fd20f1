/** A client crashes with an outbox and a cache, and finds both again (K2). */
import { storeOf, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const clientCrash = act.recipe(act.within(['crashes'], act.flowing), function* ({ drawing, chance, client }) {
  const label = chance.pick([toServer(client.name), storeOf(client.name)]);
  yield* act.holding(drawing, client, 'rent');
  if (chance.percent(75)) yield* act.holdOnce(drawing, label);
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (chance.percent(50)) yield act.update(client, 'milk', { done: true });
  yield { do: 'restartClient', client: client.name, keepsTail: chance.percent(50) };
  yield* act.releaseHeld(drawing, label);
  yield act.subscribe(drawing, client, act.everyTodo);
  if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'plants'));
  yield act.startSession(client, act.soundToken(drawing));
});
