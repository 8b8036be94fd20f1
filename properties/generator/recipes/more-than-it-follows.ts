/**
 * More subscriptions than a connection follows. One leaves, and another takes its place; the next connection follows those
 * that were asked for first, so that one that was fulfilled is fulfilled no more (B4, Q6).
 */
import { liveSubscriptions } from '../../generation/context.ts';
import * as act from './recipe.ts';

export const moreThanItFollows = act.recipe(act.oftener(3, act.within(['bounds'], act.flowing)), function* ({ drawing, chance, client }) {
  for (let count = 0; count < 4; count += 1) yield act.subscribe(drawing, client, act.everyTodo);
  const [first] = liveSubscriptions(client);
  if (first !== undefined) yield { do: 'unsubscribe', client: client.name, subscription: first.name };
  yield act.subscribe(drawing, client, act.everyTodo);
  if (!act.isOpen(client)) return;
  yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
  const dueMs = client.retryDueMs;
  if (dueMs !== null) yield { do: 'advance', ms: Math.max(1, dueMs - drawing.forecast.nowMs) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
});
