/** A write is rejected, its rejection lost with the connection, and told again (W4). */
import { toClient } from '../../language/labels.ts';
import { anyFlowingWithSchema, fittingTodo, illTodo, insert, pickFlowing, type Recipe, releaseHeld } from './recipe.ts';

export const lostRejection: Recipe = {
  name: 'lost-rejection',
  suits: anyFlowingWithSchema,
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const label = toClient(client.name);
    yield { do: 'hold', label };
    yield insert(client, illTodo('gift'));
    if (chance.percent(50)) yield insert(client, fittingTodo(drawing, client, 'gift'));
    yield { do: 'cut', client: client.name, how: 'abrupt' };
    yield* releaseHeld(drawing, label);
    yield { do: 'advance', ms: 250 };
  },
};
