/** Of a result with a limit one row after the other leaves, until what is held beyond the limit does not suffice (H5, Q5). */
import type { Query } from '../../../vocabulary/queries.ts';
import * as act from './recipe.ts';

export const limitRunsDry = act.recipe(act.within(['bounds'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  // By id, from either end.
  const ids = chance.percent(50) ? ['call', 'milk', 'rent', 'taxes'] : ['taxes', 'rent', 'milk', 'call'];
  for (const id of ids) yield* act.holding(drawing, other, id);
  const query: Query = {
    collection: 'todos',
    where: [],
    order: [['id', ids[0] === 'call' ? 'ASC' : 'DESC']],
    limit: chance.pick([1, 2, 2]),
  };
  yield act.subscribe(drawing, client, query);
  const [first, second, third] = ids;
  for (const id of [first, second, third]) if (id !== undefined) yield { do: 'delete', client: other.name, collection: 'todos', id };
  if (first !== undefined && chance.percent(50)) yield act.insert(other, act.fittingTodo(drawing, other, first));
});
