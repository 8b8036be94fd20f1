/** A server dies again and again right after it has accepted, or only after some seconds (S9). */
import * as act from './recipe.ts';

export const flappingServer = act.recipe(act.within(['crashes'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  yield* act.holding(drawing, client, 'milk');
  for (let times = chance.integer(2, 4); times > 0; times -= 1) {
    yield { do: 'restartServer', how: chance.pick(['crash', 'crash', 'graceful']), keepsTail: false };
    const dueMs = client.retryDueMs;
    if (dueMs !== null) yield { do: 'advance', ms: Math.max(1, dueMs - drawing.forecast.nowMs) };
    if (chance.percent(30)) yield { do: 'advance', ms: chance.pick([1_000, 9_999, 10_000, 10_001]) };
  }
});
