/** Cleared, written to and crashed: what was not cleared yet is there still, what was stored after it too (K1, K2). */
import { storeOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

/** Twice as often as a recipe about a session, though it is about anybody. */
const about = act.within(['clear', 'crashes'], { ...act.anybody, suits: act.oftener(2, act.withSession).suits });

export const clearedWrittenCrashed = act.recipe(about, function* ({ drawing, chance, client }) {
  const label = storeOf(client.name);
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (chance.percent(60)) yield* act.holdOnce(drawing, label);
  yield { do: 'clear', client: client.name };
  yield act.insert(client, act.fittingTodo(drawing, client, 'plants'));
  yield { do: 'restartClient', client: client.name, keepsTail: chance.percent(50) };
  yield* act.releaseHeld(drawing, label);
  yield act.subscribe(drawing, client, act.everyTodo);
  yield act.startSession(client, act.soundToken(drawing));
});
