/** A transaction is rejected whole while good writes wait behind it (W4). */
import { toClient, toServer } from '../../language/labels.ts';
import {
  anyFlowingWithSchema,
  fittingTodo,
  holding,
  holdOnce,
  illTodo,
  insert,
  pickFlowing,
  type Recipe,
  releaseHeld,
  update,
  within,
} from './recipe.ts';

export const rejectedThenGood: Recipe = {
  name: 'rejected-then-good',
  suits: within(['transactions'], anyFlowingWithSchema),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const label = chance.pick([toServer(client.name), toClient(client.name)]);
    yield* holding(drawing, client, 'rent');
    if (chance.percent(60)) yield* holdOnce(drawing, label);
    const good = { do: 'insert', collection: 'todos', row: fittingTodo(drawing, client, 'milk') } as const;
    const bad = { do: 'insert', collection: 'todos', row: illTodo(chance.pick(['visa', 'rent', 'milk'])) } as const;
    yield { do: 'transact', client: client.name, operations: chance.shuffled([good, bad]) };
    yield insert(client, fittingTodo(drawing, client, chance.pick(['visa', 'milk'])));
    yield update(client, 'rent', { done: chance.percent(50) });
    yield* releaseHeld(drawing, label);
  },
};
