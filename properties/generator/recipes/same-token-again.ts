/** The same token again: the connection lives on, connect and refresh options are the new ones (S2). */
import { drawRefresh } from '../../generation/tokens.ts';
import * as act from './recipe.ts';

export const sameTokenAgain: act.Recipe = {
  name: 'same-token-again',
  suits: act.anySession,
  *play(drawing) {
    const client = drawing.chance.pick(drawing.forecast.clients.filter(({ session }) => session !== undefined));
    const token = client.session?.token.spec;
    const refresh = token !== undefined && drawing.chance.percent(60) ? drawRefresh(drawing.chance, drawing.profile.tokens, token) : null;
    const connect = drawing.chance.percent(60);
    yield { do: 'startSession', client: client.name, token: { kind: 'current' }, connect, refresh };
    yield { do: 'advance', ms: drawing.chance.pick([500, 1000, 2000]) };
    if (!connect) yield { do: 'startSession', client: client.name, token: { kind: 'current' }, connect: true, refresh: null };
  },
};
