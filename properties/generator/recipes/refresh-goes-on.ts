/** A handler is asked again and again, across refusals, nulls and throws, and the connection stays (S4, S7). */

import { drawRefresh } from '../../generation/tokens.ts';
import { affordable } from '../../generation/waiting.ts';
import * as act from './recipe.ts';

export const refreshGoesOn = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const token = { ...act.soundToken(drawing), lifetimeMs: chance.pick([3000, 5000, 60_000]) };
  const refresh = drawRefresh(chance, { ...drawing.profile.tokens, short: 40, unsound: 20 }, token);
  yield act.startSession(client, token, refresh);
  if (chance.percent(60)) yield act.subscribe(drawing, client, act.everyTodo);
  for (let times = chance.integer(2, 4); times > 0; times -= 1) {
    const dueMs = client.session?.refreshDueMs ?? null;
    const waitMs = dueMs === null ? 1000 : dueMs - drawing.forecast.nowMs + chance.pick([-1, 0, 0, 1]);
    yield { do: 'advance', ms: affordable(drawing.forecast, Math.max(1, waitMs)) };
  }
});
