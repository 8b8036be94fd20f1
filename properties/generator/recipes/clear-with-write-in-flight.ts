/** A store is cleared while a write of it is on its way: it may commit, and nobody is told (K1). */
import { append, storeOf, toClient, toServer } from '../../language/labels.ts';
import { anyFlowing, fittingTodo, holding, holdOnce, insert, pickFlowing, type Recipe, releaseHeld, within } from './recipe.ts';

export const clearWithWriteInFlight: Recipe = {
  name: 'clear-with-write-in-flight',
  suits: within(['clear'], anyFlowing),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const { name } = client;
    const label = chance.pick([toServer(name), toClient(name), append, storeOf(name)]);
    yield* holding(drawing, client, 'rent');
    yield* holdOnce(drawing, label);
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    yield { do: 'clear', client: name };
    if (chance.percent(60)) yield insert(client, fittingTodo(drawing, client, chance.pick(['milk', 'visa'])));
    yield* releaseHeld(drawing, label);
  },
};
