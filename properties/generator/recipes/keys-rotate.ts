/** Keys rotate between two tokens; the server fetches the new set, perhaps slowly (S11). */
import { keySetFetch } from '../../language/labels.ts';
import { hasKeySet, holdOnce, nextToken, pickAny, type Recipe, releaseHeld, startSession } from './recipe.ts';

export const keysRotate: Recipe = {
  name: 'keys-rotate',
  suits: hasKeySet,
  *play(drawing) {
    const client = pickAny(drawing);
    const held = drawing.chance.percent(50);
    if (drawing.chance.percent(70)) yield { do: 'rotateKeys' };
    if (held) yield* holdOnce(drawing, keySetFetch);
    const token = nextToken(drawing, client);
    if (client.session !== undefined && drawing.chance.percent(60)) yield { do: 'updateSessionToken', client: client.name, token };
    else yield startSession(client, token);
    if (held && drawing.chance.percent(50)) yield { do: 'rotateKeys' };
    yield* releaseHeld(drawing, keySetFetch);
  },
};
