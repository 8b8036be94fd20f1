/** Storage can never take an entry of a batch: that write is rejected, and what stood on it is judged again (W2, W4). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const entryRefused = act.recipe(act.within(['storage'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const isBusy = chance.percent(75);
  if (isBusy) yield* act.storageIsBusy(drawing, other);
  else yield* act.holdOnce(drawing, append);
  const id = chance.pick(['milk', 'call']);
  yield act.insert(client, act.fittingTodo(drawing, client, id));
  if (chance.percent(30)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  if (chance.percent(60)) yield act.insert(other, act.fittingTodo(drawing, other, chance.percent(50) ? id : 'rent'));
  if (chance.percent(30)) yield act.insert(client, act.fittingTodo(drawing, client, 'rent'));
  if (isBusy) yield act.takesNext;
  if (drawing.forecast.refusing === null) yield { do: 'refuseEntry', place: chance.pick([1, 1, 2, 3]) };
  if (chance.percent(25)) yield act.takesNext;
  if (act.isWithin(drawing, 'crashes') && chance.percent(25)) yield { do: 'restartServer', how: 'crash', keepsTail: chance.percent(70) };
  if (chance.percent(20)) yield { do: 'cut', client: client.name, how: chance.pick(['abrupt', 'halfOpen']) };
  yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: chance.pick([250, 1000]) };
});
