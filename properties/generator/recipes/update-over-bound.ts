/**
 * Several connections follow what is empty, and one write tells them more at once than an update may: each of them fails in its place,
 * and nothing else of theirs does (B4, H4).
 */
import type { Query } from '../../../vocabulary/queries.ts';
import * as act from './recipe.ts';

/** No row of the cast. */
const early: Query = { collection: 'todos', where: [['id', '<', 'b']], order: [] };

export const updateOverBound = act.recipe(act.oftener(2, act.within(['bounds'], act.flowing)), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  for (const follower of [client, other]) yield act.subscribe(drawing, follower, early);
  const rows = ['a1', 'a2', 'a3'].map((id) => act.fittingTodo(drawing, client, id));
  yield {
    do: 'transact',
    client: client.name,
    operations: rows.map((row) => ({ do: 'insert', collection: 'todos', row })),
  };
  yield act.subscribe(drawing, chance.pick([client, other]), chance.percent(50) ? early : act.everyTodo);
});
