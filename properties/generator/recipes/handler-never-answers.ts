/** The refresh handler is asked and does not answer for half a minute, or answers just then (S7, S2). */
import { refreshHandlerOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const handlerNeverAnswers = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = refreshHandlerOf(client.name);
  yield* act.holdOnce(drawing, label);
  const token = { ...act.soundToken(drawing), lifetimeMs: chance.pick([0, 2_000, 60_000]) };
  const answer = { ...token, lifetimeMs: chance.pick([60_000, 3_600_000]) };
  yield act.startSession(client, token, { intervalMs: chance.pick([null, 1_000, 40_000]), answers: [{ answer: 'token', token: answer }] });
  yield { do: 'advance', ms: 1_000 };
  if (chance.percent(40)) yield { do: 'advance', ms: 28_999 };
  yield { do: 'advance', ms: chance.pick([29_999, 30_000, 30_001, 31_000]) };
  if (chance.percent(60)) yield { do: 'deliver', label, count: 1 };
  yield { do: 'advance', ms: chance.pick([1_000, 1_000, 2_000]) };
  yield* act.releaseHeld(drawing, label);
});
