/** An append fails with an unknown outcome: everybody is closed, the log read anew, the write sent again (W2). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const appendFails = act.recipe(act.within(['storage'], act.flowing), function* ({ drawing, chance, client }) {
  const process = drawing.forecast.failing === null ? 'server' : client.name;
  yield* act.holding(drawing, client, 'rent');
  const under = chance.percent(50);
  if (under) yield* act.holdOnce(drawing, append);
  else yield { do: 'failStorage', process, keepsTail: process === 'server' && chance.percent(50) };
  if (chance.percent(20)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (under && drawing.forecast.failing === null) yield { do: 'failStorage', process: 'server', keepsTail: chance.percent(50) };
  yield* act.releaseHeld(drawing, append);
  yield act.update(client, 'rent', { done: true });
  yield { do: 'advance', ms: 250 };
});
