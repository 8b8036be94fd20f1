/** A session is replaced or ended while its socket is still opening (S2). */
import { openingOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const socketStillOpening = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = openingOf(client.name);
  yield* act.holdOnce(drawing, label);
  yield act.startSession(client, act.soundToken(drawing));
  if (chance.percent(50)) yield act.startSession(client, act.soundToken(drawing));
  else yield { do: chance.pick(['endSession', 'disconnect']), client: client.name };
  if (chance.percent(30)) yield { do: 'connect', client: client.name };
  yield* act.releaseHeld(drawing, label);
});
