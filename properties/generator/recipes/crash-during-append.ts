/** The server crashes while it appends: the write is there or not, and is sent again (W2, W1). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { append, load } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const crashDuringAppend = act.recipe(act.within(['crashes'], act.flowing), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  yield* act.holdOnce(drawing, append);
  if (chance.percent(15)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (chance.percent(50)) yield act.insert(other, act.fittingTodo(drawing, other, chance.pick(['milk', 'rent'])));
  if (chance.percent(30)) yield* act.holdOnce(drawing, load);
  yield { do: 'restartServer', how: chance.percent(80) ? 'crash' : 'graceful', keepsTail: chance.percent(50) };
  if (chance.percent(60)) yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: chance.pick([249, 250, 1000]) };
  yield* act.releaseHeld(drawing, load);
  yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: 1000 };
});
