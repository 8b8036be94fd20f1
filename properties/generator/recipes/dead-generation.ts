/** An act.update travels while its row is deleted and inserted anew: it names a dead generation (W3). */
import { drawChanges } from '../../generation/rows.ts';
import { toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const deadGeneration = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const label = toServer(client.name);
  yield* act.holding(drawing, client, 'bike');
  yield* act.holding(drawing, other, 'bike');
  yield* act.holdOnce(drawing, label);
  yield act.update(client, 'bike', drawChanges(chance, drawing.cast, 'todos', []));
  if (chance.percent(70)) yield { do: 'delete', client: other.name, collection: 'todos', id: 'bike' };
  yield act.insert(other, act.todo(drawing, 'bike'));
  yield* act.releaseHeld(drawing, label);
});
