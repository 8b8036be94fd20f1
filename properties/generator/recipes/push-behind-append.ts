/** A push waits its turn behind an append, and writes behind it; each is judged at its own (C3, W4). */
import { compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { withPermissions } from '../../generation/schemas.ts';
import { append } from '../../language/labels.ts';
import {
  anyFlowing,
  everyTodo,
  fittingTodo,
  holdOnce,
  illTodo,
  insert,
  pickFlowing,
  pickFlowingOr,
  type Recipe,
  releaseHeld,
  subscribe,
  within,
} from './recipe.ts';

export const pushBehindAppend: Recipe = {
  name: 'push-behind-append',
  suits: within(['pushes'], anyFlowing),
  *play(drawing) {
    const { chance, cast } = drawing;
    const client = pickFlowing(drawing);
    const other = pickFlowingOr(drawing, client);
    yield* holdOnce(drawing, append);
    yield insert(client, chance.percent(75) ? fittingTodo(drawing, client, 'milk') : illTodo('milk'));
    const now = schemaNow(drawing);
    const next = chance.pick([
      () => compatibleChange(chance, cast, now),
      () => incompatibleChange(drawing, now, true),
      () => withPermissions(chance, now),
    ]);
    yield { do: 'pushSchema', schema: next() };
    yield insert(other, chance.percent(60) ? fittingTodo(drawing, other, 'rent') : illTodo('rent'));
    if (chance.percent(50)) yield subscribe(drawing, other, everyTodo);
    if (chance.percent(50)) yield { do: 'deliver', label: append, count: 1 };
    yield* releaseHeld(drawing, append);
  },
};
