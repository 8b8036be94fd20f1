/** Rows forbid a push: nothing changes, and the next one is judged by itself (C3). */
import { compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { anyFlowing, holding, pickFlowing, type Recipe, update, within } from './recipe.ts';

export const pushRefused: Recipe = {
  name: 'push-refused',
  suits: within(['pushes'], (drawing) => 2 * anyFlowing(drawing)),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    yield* holding(drawing, client, 'rent');
    yield { do: 'pushSchema', schema: incompatibleChange(drawing, schemaNow(drawing), false) };
    yield update(client, 'rent', { done: chance.percent(50) });
    if (chance.percent(50)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  },
};
