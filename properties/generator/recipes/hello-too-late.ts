/** A connection opens, and its hello does not come in time, or only just (B5). */
import { openingOf, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const helloTooLate = act.recipe(act.within(['bounds'], act.anybody), function* ({ drawing, chance, client }) {
  const opening = openingOf(client.name);
  const label = toServer(client.name);
  yield* act.holdOnce(drawing, opening);
  yield act.startSession(client, act.soundToken(drawing));
  yield { do: 'hold', label };
  yield* act.releaseHeld(drawing, opening);
  yield { do: 'advance', ms: chance.pick([249, 999, 4_999, 9_999, 10_000]) };
  if (chance.percent(50)) yield { do: 'advance', ms: 1 };
  yield { do: 'release', label };
  if (chance.percent(50)) yield { do: 'advance', ms: 10_000 };
});
