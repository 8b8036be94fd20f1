/** Rows forbid a push: nothing changes, and the next one is judged by itself (C3). */
import { compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import * as act from './recipe.ts';

export const pushRefused: act.Recipe = {
  name: 'push-refused',
  suits: act.within(['pushes'], (drawing) => 2 * act.anyFlowing(drawing)),
  *play(drawing) {
    const { chance } = drawing;
    const client = act.pickFlowing(drawing);
    yield* act.holding(drawing, client, 'rent');
    yield { do: 'pushSchema', schema: incompatibleChange(drawing, schemaNow(drawing), false) };
    yield act.update(client, 'rent', { done: chance.percent(50) });
    if (chance.percent(50)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  },
};
