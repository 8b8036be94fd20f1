/** Token updates called while the connection is not yet accepted wait for it, in order (S3). */
import { openingOf, verifyOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const updateWhileConnecting = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = chance.percent(50) ? verifyOf(client.name) : openingOf(client.name);
  yield* act.holdOnce(drawing, label);
  const token = act.soundToken(drawing);
  yield act.startSession(client, token);
  for (let times = chance.integer(1, 2); times > 0; times -= 1) {
    yield { do: 'updateSessionToken', client: client.name, token: act.nextToken(drawing, client) };
  }
  if (chance.percent(30)) yield { do: chance.pick(['disconnect', 'endSession']), client: client.name };
  yield* act.releaseHeld(drawing, label);
});
