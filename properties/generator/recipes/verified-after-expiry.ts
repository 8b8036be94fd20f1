/** A token is verified so slowly that it has expired when the server decides (S5, S11). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import { verifyOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const verifiedAfterExpiry = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = verifyOf(client.name);
  const lifetimeMs = drawShortLifetimeMs(chance);
  yield* act.holdOnce(drawing, label);
  const token = { ...act.nextToken(drawing, client), lifetimeMs };
  if (client.session !== undefined && chance.percent(50)) yield { do: 'updateSessionToken', client: client.name, token };
  else yield act.startSession(client, token);
  yield { do: 'advance', ms: lifetimeMs + chance.pick([-1, 0, 0, 1]) };
  yield* act.releaseHeld(drawing, label);
});
