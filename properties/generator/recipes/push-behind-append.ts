/** A push waits its turn behind an append, and writes behind it; each is judged at its own (C3, W4). */
import { compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { withPermissions } from '../../generation/schemas.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const pushBehindAppend = act.recipe(act.within(['pushes'], act.flowing), function* ({ drawing, chance, client }) {
  const { cast } = drawing;
  const other = act.pickFlowingOr(drawing, client);
  yield* act.holdOnce(drawing, append);
  yield act.insert(client, chance.percent(75) ? act.fittingTodo(drawing, client, 'milk') : act.illTodo('milk'));
  const now = schemaNow(drawing);
  const next = chance.pick([
    () => compatibleChange(chance, cast, now),
    () => incompatibleChange(drawing, now, true),
    () => withPermissions(chance, now),
  ]);
  yield { do: 'pushSchema', schema: next() };
  yield act.insert(other, chance.percent(60) ? act.fittingTodo(drawing, other, 'rent') : act.illTodo('rent'));
  if (chance.percent(50)) yield act.subscribe(drawing, other, act.everyTodo);
  if (chance.percent(50)) yield { do: 'deliver', label: append, count: 1 };
  yield* act.releaseHeld(drawing, append);
});
