/** A tab is hidden for some minutes: its timers run once a minute, its connection lives, and one that died is noticed all the same (S9). */
import { affordable } from '../../generation/waiting.ts';
import * as act from './recipe.ts';

export const hiddenTab = act.recipe(act.oftener(3, act.within(['sleep'], act.flowing)), function* ({ drawing, chance, client }) {
  const { forecast } = drawing;
  const wait = (ms: number) => ({ do: 'advance', ms: affordable(forecast, ms) }) as const;
  yield* act.holding(drawing, client, 'milk');
  if (chance.percent(50)) yield wait(chance.pick([10_000, 30_000, 45_000]));
  yield { do: 'throttleTimers', client: client.name, isThrottled: true };
  for (let part = chance.integer(1, 3); part > 0; part -= 1) yield wait(chance.pick([60_000, 60_000, 75_000, 120_000]));
  if (chance.percent(60)) {
    yield { do: 'cut', client: client.name, how: chance.pick(['halfOpen', 'halfOpen', 'abrupt']) };
    for (let part = chance.integer(1, 3); part > 0; part -= 1) yield wait(chance.pick([1_000, 60_000, 60_000, 120_000]));
  }
  yield { do: 'throttleTimers', client: client.name, isThrottled: false };
  yield wait(chance.pick([1, 250, 30_000]));
});
