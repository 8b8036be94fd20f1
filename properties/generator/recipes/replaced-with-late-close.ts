/** A session replaced while its old connection still has something to say, a close among it (S2). */
import { toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const replacedWithLateClose = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const label = toClient(client.name);
  yield { do: 'hold', label };
  if (chance.percent(50)) yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
  else yield { do: 'updateSessionToken', client: client.name, token: { ...act.soundToken(drawing), role: 'visitor' } };
  yield act.startSession(client, act.soundToken(drawing));
  yield* act.releaseHeld(drawing, label);
  if (chance.percent(50)) yield { do: 'advance', ms: 300 };
});
