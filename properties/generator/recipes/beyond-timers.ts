/** A token lives longer than a plain timer can wait; its refresh must not come at once (S7). */
import * as act from './recipe.ts';

export const beyondTimers = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const token = { ...act.soundToken(drawing), lifetimeMs: 30 * 86_400_000 };
  yield act.startSession(client, token, { intervalMs: null, answers: [{ answer: 'token', token }] });
  yield { do: 'advance', ms: chance.pick([1000, 5000]) };
});
