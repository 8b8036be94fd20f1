/** A token update is refused; the old token stays, valid until its own expiry (S3, S11). */
import { drawFlaw } from '../../generation/tokens.ts';
import * as act from './recipe.ts';

export const refusedUpdate = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const lifetimeMs = chance.pick([3000, 5000, 60_000]);
  const token = act.shortToken(drawing, lifetimeMs);
  yield act.startSession(client, token);
  yield {
    do: 'updateSessionToken',
    client: client.name,
    token: { ...token, lifetimeMs: 600_000, flaw: drawFlaw(chance, drawing.profile.tokens) },
  };
  yield act.insert(client, act.todo(drawing, 'rent'));
  if (lifetimeMs <= 5000) yield { do: 'advance', ms: lifetimeMs };
});
