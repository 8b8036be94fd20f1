/** Two clients write one attribute of one row at the same time; the server order decides (W3). */
import { toServer } from '../../language/labels.ts';
import { anyFlowing, holding, holdOnce, pickFlowing, pickFlowingOr, type Recipe, releaseHeld, update } from './recipe.ts';

export const sameAttributeAtOnce: Recipe = {
  name: 'same-attribute-at-once',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const other = pickFlowingOr(drawing, client);
    yield* holding(drawing, client, 'gift');
    yield* holding(drawing, other, 'gift');
    const changes = [true, false].map((done) => ({ done, ...(drawing.chance.percent(40) ? { priority: done ? 1 : 2 } : {}) }));
    const commands = [update(client, 'gift', changes[0] ?? {}), update(other, 'gift', changes[1] ?? {})];
    if (drawing.chance.percent(60)) yield { do: 'together', commands };
    else {
      const label = toServer(client.name);
      yield* holdOnce(drawing, label);
      yield* commands;
      yield* releaseHeld(drawing, label);
    }
  },
};
