/** An attack: it borrows the id that stands in rows of another client, while a write of that one is under way (W1, W6). */
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const attackUnderAnotherName = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  const victim = act.pickFlowingOr(drawing, client);
  yield* act.connected(drawing, victim);
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'milk'));
  if (chance.percent(50)) yield* act.holdOnce(drawing, append);
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'rent'));
  yield { do: 'impostor', client: victim.name };
  yield* act.releaseHeld(drawing, append);
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'taxes'));
  if (chance.percent(50)) yield { do: 'cut', client: victim.name, how: 'abrupt' };
});
