/**
 * The connection is lost between the parts of an answer, and a row of those that had come is gone before the next answer: nothing of
 * the first may be in the second (Q7).
 */
import { toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const answerCutShort = act.recipe(act.within(['bounds'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  for (const id of ['milk', 'rent']) yield* act.holding(drawing, other, id);
  // What the cache holds then is another result than the one that comes in parts.
  if (chance.percent(60)) yield act.subscribe(drawing, client, act.everyTodo);
  const label = toClient(client.name);
  yield* act.holdOnce(drawing, label);
  yield act.insert(other, act.fittingTodo(drawing, other, 'call'));
  yield act.subscribe(drawing, client, act.everyTodo);
  yield { do: 'deliver', label, count: chance.integer(1, 4) };
  if (!act.isOpen(client)) return;
  yield { do: 'cut', client: client.name, how: 'abrupt' };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'delete', client: other.name, collection: 'todos', id: chance.pick(['milk', 'rent', 'call']) };
  const dueMs = client.retryDueMs;
  if (dueMs !== null) yield { do: 'advance', ms: Math.max(1, dueMs - drawing.forecast.nowMs) };
});
