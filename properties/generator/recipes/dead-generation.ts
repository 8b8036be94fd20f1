/** An update travels while its row is deleted and inserted anew: it names a dead generation (W3). */
import { drawChanges } from '../../generation/rows.ts';
import { toServer } from '../../language/labels.ts';
import { anyFlowing, holding, holdOnce, insert, pickFlowing, pickFlowingOr, type Recipe, releaseHeld, todo, update } from './recipe.ts';

export const deadGeneration: Recipe = {
  name: 'dead-generation',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const other = pickFlowingOr(drawing, client);
    const label = toServer(client.name);
    yield* holding(drawing, client, 'bike');
    yield* holding(drawing, other, 'bike');
    yield* holdOnce(drawing, label);
    yield update(client, 'bike', drawChanges(drawing.chance, drawing.cast, 'todos', []));
    if (drawing.chance.percent(70)) yield { do: 'delete', client: other.name, collection: 'todos', id: 'bike' };
    yield insert(other, todo(drawing, 'bike'));
    yield* releaseHeld(drawing, label);
  },
};
