/** A write is committed, its acknowledgement lost with the connection, and sent again (W1). */
import { toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const lostAcknowledgement = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const label = toClient(client.name);
  if (chance.percent(50)) yield* act.holding(drawing, client, 'rent');
  yield { do: 'hold', label };
  yield act.insert(client, act.todo(drawing, chance.pick(['milk', 'rent'])));
  if (chance.percent(40)) yield act.update(client, 'milk', { done: true });
  yield { do: 'cut', client: client.name, how: 'abrupt' };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'advance', ms: 250 };
});
