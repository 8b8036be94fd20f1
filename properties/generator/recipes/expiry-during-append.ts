/** A token expires while an append that began under it has not ended (S5). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const expiryDuringAppend = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const lifetimeMs = drawShortLifetimeMs(chance);
  yield act.startSession(client, act.shortToken(drawing, lifetimeMs));
  if (chance.percent(50)) yield act.subscribe(drawing, client, act.everyTodo);
  yield* act.holdOnce(drawing, append);
  yield act.insert(client, act.todo(drawing, 'taxes'));
  yield { do: 'advance', ms: lifetimeMs + chance.pick([-1, 0, 0, 1, 100]) };
  yield* act.releaseHeld(drawing, append);
});
