/** Tokens name keys that the server does not know, one after the other: it asks for the sake of the first, and then not for a while (S11). */
import * as act from './recipe.ts';

const about: act.Subject = { ...act.anybody, suits: ({ forecast }) => (forecast.keys === null ? 0 : 3) };

export const unknownNames = act.recipe(about, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  for (let times = chance.integer(2, 3); times > 0; times -= 1) {
    if (chance.percent(25)) yield { do: 'serveKeySet', answer: chance.pick(['former', 'withFormer', 'current']) };
    yield { do: 'rotateKeys' };
    yield act.startSession(act.pickOther(drawing, client), act.soundToken(drawing));
    if (chance.percent(60)) yield { do: 'advance', ms: chance.pick([1_000, 5_000, 29_999, 30_000, 30_001]) };
  }
});
