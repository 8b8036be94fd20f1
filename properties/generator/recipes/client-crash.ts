/** A client crashes with an outbox and a cache, and finds both again (K2). */
import { storeOf, toServer } from '../../language/labels.ts';
import {
  anyFlowing,
  everyTodo,
  fittingTodo,
  holding,
  holdOnce,
  insert,
  pickFlowing,
  type Recipe,
  releaseHeld,
  soundToken,
  startSession,
  subscribe,
  update,
  within,
} from './recipe.ts';

export const clientCrash: Recipe = {
  name: 'client-crash',
  suits: within(['crashes'], anyFlowing),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const label = chance.pick([toServer(client.name), storeOf(client.name)]);
    yield* holding(drawing, client, 'rent');
    if (chance.percent(75)) yield* holdOnce(drawing, label);
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    if (chance.percent(50)) yield update(client, 'milk', { done: true });
    yield { do: 'restartClient', client: client.name, keepsTail: chance.percent(50) };
    yield* releaseHeld(drawing, label);
    yield subscribe(drawing, client, everyTodo);
    if (chance.percent(50)) yield insert(client, fittingTodo(drawing, client, 'plants'));
    yield startSession(client, soundToken(drawing));
  },
};
