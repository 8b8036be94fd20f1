/** The timers of a client run once a minute, as in a hidden tab: its pings come late, and keep its connection all the same (S9). */
import { affordable } from '../../generation/waiting.ts';
import { heartbeatTimerOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

const minuteMs = 60_000;

export const timersOnceAMinute = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  yield* act.holding(drawing, client, 'milk');
  const label = heartbeatTimerOf(client.name);
  for (let minute = chance.integer(1, 3); minute > 0; minute -= 1) {
    yield* act.holdOnce(drawing, label);
    yield { do: 'advance', ms: affordable(drawing.forecast, minuteMs) };
    yield { do: 'deliver', label, count: 1 };
  }
  yield* act.releaseHeld(drawing, label);
});
