/** The key set cannot be had, or is no good, when a token needs it; later it is served well again (S11). */
import * as act from './recipe.ts';

const about: act.Subject = { ...act.anybody, suits: ({ forecast }) => (forecast.keys === null ? 0 : 3) };

export const keysFail = act.recipe(about, function* ({ drawing, chance, client }) {
  if (chance.percent(60)) yield* act.connected(drawing, client);
  yield { do: 'serveKeySet', answer: chance.pick(['unreachable', 'empty', 'unusable', 'broken', 'former']) };
  if (chance.percent(60)) yield { do: 'rotateKeys' };
  const token = act.nextToken(drawing, client);
  if (client.session !== undefined && chance.percent(50)) yield { do: 'updateSessionToken', client: client.name, token };
  else yield act.startSession(client, token);
  const other = act.pickOther(drawing, client);
  if (other !== client && chance.percent(50)) yield act.startSession(other, act.soundToken(drawing));
  yield { do: 'advance', ms: chance.pick([250, 500, 999, 1_000, 1_001, 3_000]) };
  if (chance.percent(60)) yield { do: 'serveKeySet', answer: chance.pick(['current', 'withFormer']) };
  yield { do: 'advance', ms: chance.pick([1_000, 3_000, 30_000]) };
});
