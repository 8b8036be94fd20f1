/** An append fails with an unknown outcome: everybody is closed, the log read anew, the write sent again (W2). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { append } from '../../language/labels.ts';
import { drawKeeping } from '../../steps/kept-entries.ts';
import * as act from './recipe.ts';

export const appendFails = act.recipe(act.within(['storage'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  const process = drawing.forecast.failing === null ? 'server' : client.name;
  yield* act.holding(drawing, client, 'rent');
  const under = chance.percent(60);
  const isBusy = under && chance.percent(60);
  if (isBusy) yield* act.storageIsBusy(drawing, act.pickFlowingOr(drawing, client));
  else if (under) yield* act.holdOnce(drawing, append);
  else yield { do: 'failStorage', process, keepsTail: process === 'server' && chance.percent(50) };
  if (chance.percent(20)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (isBusy) {
    const other = act.pickFlowingOr(drawing, client);
    yield act.insert(other, act.fittingTodo(drawing, other, chance.pick(['gift', 'call'])));
    yield act.takesNext;
  }
  if (under && drawing.forecast.failing === null) yield { do: 'failStorage', process: 'server', ...drawKeeping(chance, drawing.forecast) };
  yield* act.releaseHeld(drawing, append);
  yield act.update(client, 'rent', { done: true });
  yield { do: 'advance', ms: 250 };
});
