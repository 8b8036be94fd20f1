/** The same token again: the connection lives on, connect and refresh options are the new ones (S2). */
import { drawRefresh } from '../../generation/tokens.ts';
import * as act from './recipe.ts';

export const sameTokenAgain = act.recipe(act.withSession, function* ({ drawing, chance, client }) {
  const token = client.session?.token.spec;
  const refresh = token !== undefined && chance.percent(60) ? drawRefresh(chance, drawing.profile.tokens, token) : null;
  const connect = chance.percent(60);
  yield { do: 'startSession', client: client.name, token: { kind: 'current' }, connect, refresh };
  yield { do: 'advance', ms: chance.pick([500, 1000, 2000]) };
  if (!connect) yield { do: 'startSession', client: client.name, token: { kind: 'current' }, connect: true, refresh: null };
});
