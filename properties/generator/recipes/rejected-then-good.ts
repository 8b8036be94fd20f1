/** A transaction is rejected whole while good writes wait behind it (W4). */
import { toClient, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const rejectedThenGood = act.recipe(act.within(['transactions'], act.flowingWithSchema), function* ({ drawing, chance, client }) {
  const label = chance.pick([toServer(client.name), toClient(client.name)]);
  yield* act.holding(drawing, client, 'rent');
  if (chance.percent(60)) yield* act.holdOnce(drawing, label);
  const good = { do: 'insert', collection: 'todos', row: act.fittingTodo(drawing, client, 'milk') } as const;
  const bad = { do: 'insert', collection: 'todos', row: act.illTodo(chance.pick(['visa', 'rent', 'milk'])) } as const;
  yield { do: 'transact', client: client.name, operations: chance.shuffled([good, bad]) };
  yield act.insert(client, act.fittingTodo(drawing, client, chance.pick(['visa', 'milk'])));
  yield act.update(client, 'rent', { done: chance.percent(50) });
  yield* act.releaseHeld(drawing, label);
});
