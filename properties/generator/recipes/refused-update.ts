/** A token update is refused; the old token stays, valid until its own expiry (S3, S11). */
import { drawFlaw } from '../../generation/tokens.ts';
import { always, insert, pickAny, type Recipe, shortToken, startSession, todo } from './recipe.ts';

export const refusedUpdate: Recipe = {
  name: 'refused-update',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const lifetimeMs = drawing.chance.pick([3000, 5000, 60_000]);
    const token = shortToken(drawing, lifetimeMs);
    yield startSession(client, token);
    yield {
      do: 'updateSessionToken',
      client: client.name,
      token: { ...token, lifetimeMs: 600_000, flaw: drawFlaw(drawing.chance, drawing.profile.tokens) },
    };
    yield insert(client, todo(drawing, 'rent'));
    if (lifetimeMs <= 5000) yield { do: 'advance', ms: lifetimeMs };
  },
};
