/** A token update whose answer is late, with writes on their way at the same time (S3, S4). */
import { toClient, toServer } from '../../language/labels.ts';
import { anyFlowing, insert, nextToken, pickFlowing, type Recipe, releaseHeld, todo } from './recipe.ts';

export const refreshOverHeldLink: Recipe = {
  name: 'refresh-over-held-link',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const label = drawing.chance.percent(60) ? toClient(client.name) : toServer(client.name);
    yield { do: 'hold', label };
    yield { do: 'updateSessionToken', client: client.name, token: nextToken(drawing, client) };
    if (drawing.chance.percent(50)) yield insert(client, todo(drawing, 'milk'));
    if (drawing.chance.percent(40)) yield { do: 'updateSessionToken', client: client.name, token: nextToken(drawing, client) };
    yield* releaseHeld(drawing, label);
  },
};
