/** A write is committed, its acknowledgement lost with the connection, and sent again (W1). */
import { toClient } from '../../language/labels.ts';
import { anyFlowing, holding, insert, pickFlowing, type Recipe, releaseHeld, todo, update } from './recipe.ts';

export const lostAcknowledgement: Recipe = {
  name: 'lost-acknowledgement',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const label = toClient(client.name);
    if (drawing.chance.percent(50)) yield* holding(drawing, client, 'rent');
    yield { do: 'hold', label };
    yield insert(client, todo(drawing, drawing.chance.pick(['milk', 'rent'])));
    if (drawing.chance.percent(40)) yield update(client, 'milk', { done: true });
    yield { do: 'cut', client: client.name, how: 'abrupt' };
    yield* releaseHeld(drawing, label);
    yield { do: 'advance', ms: 250 };
  },
};
