/** A disconnect whose handshake is slow: CLOSING, perhaps until its time is up, perhaps connected again (S1). */
import { toClient, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const closingLingers = act.recipe(act.oftener(3, act.flowing), function* ({ drawing, chance, client }) {
  const label = chance.percent(50) ? toServer(client.name) : toClient(client.name);
  yield { do: 'hold', label };
  yield { do: 'disconnect', client: client.name };
  if (chance.percent(50)) yield { do: 'advance', ms: chance.pick([4999, 5000, 5001]) };
  if (chance.percent(70)) yield { do: 'connect', client: client.name };
  yield* act.releaseHeld(drawing, label);
});
