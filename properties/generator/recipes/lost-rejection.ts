/** A write is rejected, its rejection lost with the connection, and told again (W4). */
import { toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const lostRejection = act.recipe(act.flowingWithSchema, function* ({ drawing, chance, client }) {
  const label = toClient(client.name);
  yield { do: 'hold', label };
  yield act.insert(client, act.illTodo('gift'));
  if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, 'gift'));
  yield { do: 'cut', client: client.name, how: 'abrupt' };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'advance', ms: 250 };
});
