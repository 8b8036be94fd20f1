/** Keys rotate between two tokens; the server fetches the new set, perhaps slowly (S11). */
import { keySetFetch } from '../../language/labels.ts';
import * as act from './recipe.ts';

const about: act.Subject = { ...act.anybody, suits: ({ forecast }) => (forecast.keys === null ? 0 : 2) };

export const keysRotate = act.recipe(about, function* ({ drawing, chance, client }) {
  const held = chance.percent(50);
  if (chance.percent(70)) yield { do: 'rotateKeys' };
  if (held) yield* act.holdOnce(drawing, keySetFetch);
  const token = act.nextToken(drawing, client);
  if (client.session !== undefined && chance.percent(60)) yield { do: 'updateSessionToken', client: client.name, token };
  else yield act.startSession(client, token);
  if (held && chance.percent(50)) yield { do: 'rotateKeys' };
  yield* act.releaseHeld(drawing, keySetFetch);
});
