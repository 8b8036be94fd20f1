/** A token update whose answer is late, with writes on their way at the same time (S3, S4). */
import { toClient, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const refreshOverHeldLink = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const label = chance.percent(60) ? toClient(client.name) : toServer(client.name);
  yield { do: 'hold', label };
  yield { do: 'updateSessionToken', client: client.name, token: act.nextToken(drawing, client) };
  if (chance.percent(50)) yield act.insert(client, act.todo(drawing, 'milk'));
  if (chance.percent(40)) yield { do: 'updateSessionToken', client: client.name, token: act.nextToken(drawing, client) };
  yield* act.releaseHeld(drawing, label);
});
