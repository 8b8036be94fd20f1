/** Two clients write one attribute of one row at the same time; the server order decides (W3). */
import { toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const sameAttributeAtOnce = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  yield* act.holding(drawing, client, 'gift');
  yield* act.holding(drawing, other, 'gift');
  const changes = [true, false].map((done) => ({ done, ...(chance.percent(40) ? { priority: done ? 1 : 2 } : {}) }));
  const commands = [act.update(client, 'gift', changes[0] ?? {}), act.update(other, 'gift', changes[1] ?? {})];
  if (chance.percent(60)) yield { do: 'together', commands };
  else {
    const label = toServer(client.name);
    yield* act.holdOnce(drawing, label);
    yield* commands;
    yield* act.releaseHeld(drawing, label);
  }
});
