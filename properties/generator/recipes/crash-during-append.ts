/** The server crashes while it appends: the write is there or not, and is sent again (W2, W1). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { append, load } from '../../language/labels.ts';
import { drawKeeping } from '../../steps/kept-entries.ts';
import * as act from './recipe.ts';

export const crashDuringAppend = act.recipe(act.within(['crashes'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  const isBusy = chance.percent(50);
  if (isBusy) yield* act.storageIsBusy(drawing, act.pickFlowingOr(drawing, client));
  else yield* act.holdOnce(drawing, append);
  const other = act.pickFlowingOr(drawing, client);
  if (chance.percent(15)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (chance.percent(isBusy ? 90 : 50)) yield act.insert(other, act.fittingTodo(drawing, other, chance.pick(['milk', 'rent'])));
  if (isBusy) yield act.takesNext;
  if (chance.percent(30)) yield* act.holdOnce(drawing, load);
  yield { do: 'restartServer', how: chance.percent(80) ? 'crash' : 'graceful', ...drawKeeping(chance, drawing.forecast) };
  if (chance.percent(60)) yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: chance.pick([249, 250, 1000]) };
  yield* act.releaseHeld(drawing, load);
  yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: 1000 };
});
