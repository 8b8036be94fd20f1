/** Attempts fail in a row, then a connection lives for about 10 s and ends: by a loss, by its user, or by a clear (S9). */
import type { Step } from '../../scripts/script.ts';
import * as act from './recipe.ts';

export const steadyThenLost = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  yield* act.holding(drawing, client, 'milk');
  const lose = (): Step => ({ do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) });
  const wait = (): Step => ({ do: 'advance', ms: Math.max(1, (client.retryDueMs ?? 0) - drawing.forecast.nowMs) });
  yield lose();
  yield wait();
  if (chance.percent(50)) {
    yield lose();
    yield wait();
  }
  yield { do: 'advance', ms: chance.pick([9_000, 9_999, 10_000, 10_000, 15_000]) };
  if (chance.percent(40)) {
    yield { do: 'disconnect', client: client.name };
    yield { do: 'connect', client: client.name };
  } else if (chance.percent(30) && drawing.profile.families.includes('clear')) yield { do: 'clear', client: client.name };
  if (act.isOpen(client)) yield lose();
  yield wait();
  yield { do: 'advance', ms: 250 };
});
