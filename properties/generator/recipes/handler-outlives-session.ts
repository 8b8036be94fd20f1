/** A refresh handler answers after its session was replaced or ended (S2, S7). */
import { refreshHandlerOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const handlerOutlivesSession = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = refreshHandlerOf(client.name);
  const token = { ...act.soundToken(drawing), lifetimeMs: 60_000 };
  yield act.startSession(client, token, { intervalMs: 2000, answers: [{ answer: 'token', token }] });
  yield* act.holdOnce(drawing, label);
  yield { do: 'advance', ms: 2000 };
  if (chance.percent(60)) yield act.startSession(client, act.soundToken(drawing));
  else yield { do: chance.pick(['endSession', 'disconnect']), client: client.name };
  yield* act.releaseHeld(drawing, label);
});
