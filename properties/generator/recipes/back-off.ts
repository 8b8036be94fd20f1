/** Attempts fail in a row, ever further apart; success starts the count anew (S9). */
import * as act from './recipe.ts';

export const backOff = act.recipe(act.oftener(2, act.flowing), function* ({ drawing, chance, client }) {
  if (!client.refused) yield { do: 'refuseConnections', client: client.name };
  yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
  for (const ms of [250, 500, 1000].slice(0, chance.integer(1, 3))) yield { do: 'advance', ms: ms + chance.pick([-1, 0, 0, 1]) };
  if (client.refused) yield { do: 'acceptConnections', client: client.name };
  const dueMs = client.retryDueMs;
  if (dueMs !== null) yield { do: 'advance', ms: Math.max(1, dueMs - drawing.forecast.nowMs) };
  if (act.isOpen(client)) yield { do: 'cut', client: client.name, how: 'abrupt' };
  yield { do: 'advance', ms: 250 };
});
