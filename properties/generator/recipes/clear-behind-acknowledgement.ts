/** A store is cleared when a write of it was acknowledged and the update of that commit has not come (K1, Q2). */
import { toClient } from '../../language/labels.ts';
import { anyFlowing, fittingTodo, holding, holdOnce, insert, pickFlowing, type Recipe, releaseHeld, update, within } from './recipe.ts';

export const clearBehindAcknowledgement: Recipe = {
  name: 'clear-behind-acknowledgement',
  suits: within(['clear'], anyFlowing),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const { name } = client;
    const label = toClient(name);
    yield* holding(drawing, client, 'rent');
    yield* holdOnce(drawing, label);
    yield chance.percent(70) ? insert(client, fittingTodo(drawing, client, 'milk')) : update(client, 'rent', { done: chance.percent(50) });
    yield { do: 'deliver', label, count: 1 };
    yield { do: 'clear', client: name };
    if (chance.percent(40)) yield insert(client, fittingTodo(drawing, client, chance.pick(['milk', 'visa'])));
    yield* releaseHeld(drawing, label);
  },
};
