/** A token lives longer than a plain timer can wait; its refresh must not come at once (S7). */
import { always, pickAny, type Recipe, soundToken, startSession } from './recipe.ts';

export const beyondTimers: Recipe = {
  name: 'beyond-timers',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const token = { ...soundToken(drawing), lifetimeMs: 30 * 86_400_000 };
    yield startSession(client, token, { intervalMs: null, answers: [{ answer: 'token', token }] });
    yield { do: 'advance', ms: drawing.chance.pick([1000, 5000]) };
  },
};
