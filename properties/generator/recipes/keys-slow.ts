/** The key set is long in coming: several wait for one fetch, which may be given up, and answer late (S11). */
import { keySetFetch } from '../../language/labels.ts';
import * as act from './recipe.ts';

const about: act.Subject = { ...act.anybody, suits: ({ forecast }) => (forecast.keys === null ? 0 : 2) };

export const keysSlow = act.recipe(about, function* ({ drawing, chance, client }) {
  yield* act.holdOnce(drawing, keySetFetch);
  if (chance.percent(50)) yield { do: 'rotateKeys' };
  yield act.startSession(client, act.nextToken(drawing, client));
  const other = act.pickOther(drawing, client);
  if (other !== client && chance.percent(70)) yield act.startSession(other, act.soundToken(drawing));
  yield { do: 'advance', ms: chance.pick([1, 5_000, 9_999, 10_000, 10_000, 10_001]) };
  if (chance.percent(30)) yield { do: 'rotateKeys' };
  if (chance.percent(50)) yield { do: 'deliver', label: keySetFetch, count: 1 };
  yield { do: 'advance', ms: chance.pick([250, 1_000, 2_000]) };
  yield* act.releaseHeld(drawing, keySetFetch);
});
