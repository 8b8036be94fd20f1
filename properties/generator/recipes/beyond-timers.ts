/** A token lives longer than a plain timer can wait; its refresh must not come at once (S7). */
import * as act from './recipe.ts';

export const beyondTimers: act.Recipe = {
  name: 'beyond-timers',
  suits: act.always,
  *play(drawing) {
    const client = act.pickAny(drawing);
    const token = { ...act.soundToken(drawing), lifetimeMs: 30 * 86_400_000 };
    yield act.startSession(client, token, { intervalMs: null, answers: [{ answer: 'token', token }] });
    yield { do: 'advance', ms: drawing.chance.pick([1000, 5000]) };
  },
};
