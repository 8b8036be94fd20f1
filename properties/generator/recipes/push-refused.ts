/** Rows forbid a push: nothing changes, and the next one is judged by itself (C3). */
import { compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import * as act from './recipe.ts';

export const pushRefused = act.recipe(act.within(['pushes'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  yield* act.holding(drawing, client, 'rent');
  yield { do: 'pushSchema', schema: incompatibleChange(drawing, schemaNow(drawing), false) };
  yield act.update(client, 'rent', { done: chance.percent(50) });
  if (chance.percent(50)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
});
