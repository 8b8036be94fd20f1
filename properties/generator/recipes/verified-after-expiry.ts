/** A token is verified so slowly that it has expired when the server decides (S5, S11). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import { verifyOf } from '../../language/labels.ts';
import { always, holdOnce, nextToken, pickAny, type Recipe, releaseHeld, startSession } from './recipe.ts';

export const verifiedAfterExpiry: Recipe = {
  name: 'verified-after-expiry',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const label = verifyOf(client.name);
    const lifetimeMs = drawShortLifetimeMs(drawing.chance);
    yield* holdOnce(drawing, label);
    const token = { ...nextToken(drawing, client), lifetimeMs };
    if (client.session !== undefined && drawing.chance.percent(50)) yield { do: 'updateSessionToken', client: client.name, token };
    else yield startSession(client, token);
    yield { do: 'advance', ms: lifetimeMs + drawing.chance.pick([-1, 0, 0, 1]) };
    yield* releaseHeld(drawing, label);
  },
};
