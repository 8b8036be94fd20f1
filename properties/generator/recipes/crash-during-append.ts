/** The server crashes while it appends: the write is there or not, and is sent again (W2, W1). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { append, load } from '../../language/labels.ts';
import { anyFlowing, fittingTodo, holdOnce, insert, pickFlowing, pickFlowingOr, type Recipe, releaseHeld, within } from './recipe.ts';

export const crashDuringAppend: Recipe = {
  name: 'crash-during-append',
  suits: within(['crashes'], anyFlowing),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const other = pickFlowingOr(drawing, client);
    yield* holdOnce(drawing, append);
    if (chance.percent(15)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    if (chance.percent(50)) yield insert(other, fittingTodo(drawing, other, chance.pick(['milk', 'rent'])));
    if (chance.percent(30)) yield* holdOnce(drawing, load);
    yield { do: 'restartServer', how: chance.percent(80) ? 'crash' : 'graceful', keepsTail: chance.percent(50) };
    if (chance.percent(60)) yield* releaseHeld(drawing, append);
    yield { do: 'advance', ms: chance.pick([249, 250, 1000]) };
    yield* releaseHeld(drawing, load);
    yield* releaseHeld(drawing, append);
    yield { do: 'advance', ms: 1000 };
  },
};
