/** A connection carries nothing any more, and neither end is told: both have to notice, each in its time (S9). */
import { affordable } from '../../generation/waiting.ts';
import * as act from './recipe.ts';

export const deadLineNoticed = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  yield* act.holding(drawing, client, 'milk');
  const wait = (ms: number) => ({ do: 'advance', ms: affordable(drawing.forecast, ms) }) as const;
  if (chance.percent(50)) yield wait(chance.pick([10_000, 30_000, 60_000]));
  yield { do: 'cut', client: client.name, how: 'halfOpen' };
  if (chance.percent(30)) yield { do: 'disconnect', client: client.name };
  yield wait(60_000);
  yield wait(chance.pick([44_000, 45_000, 60_000]));
});
