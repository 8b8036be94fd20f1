/** Rows leave the first ones of an order, and the next ones enter in the same act.update (Q2, Q5). */
import type { Query } from '../../../vocabulary/queries.ts';
import * as act from './recipe.ts';

export const overTheEdge = act.recipe(act.within(['limits'], act.flowing), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const direction = chance.pick(['ASC', 'DESC'] as const);
  const limit = chance.integer(1, 2);
  const query: Query = { collection: 'todos', where: [], order: [['estimate', direction]], limit };
  for (const [index, id] of ['milk', 'rent', 'taxes'].entries()) {
    const estimate = index + (chance.percent(20) ? 0 : 1);
    if (!drawing.forecast.rows.has(`todos/${id}`)) yield act.insert(client, act.fittingTodo(drawing, client, id, { estimate }));
  }
  yield act.subscribe(drawing, client, query);
  if (chance.percent(50)) yield act.subscribe(drawing, other, { ...query, limit: limit + 1 });
  const edge = direction === 'ASC' ? 'milk' : 'taxes';
  yield act.update(client, edge, { estimate: chance.pick([-1, 2, 10, 100]) });
  if (chance.percent(50)) yield { do: 'delete', client: other.name, collection: 'todos', id: chance.pick(['rent', edge]) };
  if (chance.percent(50)) yield act.insert(other, act.fittingTodo(drawing, other, 'call', { estimate: chance.pick([-1, 1.5, 10]) }));
});
