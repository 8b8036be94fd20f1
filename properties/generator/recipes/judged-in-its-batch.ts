/** Two clients insert one row while storage is busy: the second is judged by the row that its own batch makes first (W2, W4, P1). */
import { free } from '../../generation/permissions.ts';
import { todosPermitted } from '../../generation/schema-changes.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

const besideAnother: act.Subject = {
  ...act.flowing,
  suits: (drawing) => (drawing.forecast.clients.filter((client) => act.isFlowing(drawing, client)).length > 1 ? 6 : 0),
};

export const judgedInItsBatch = act.recipe(act.within(['permissions'], besideAnother), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const { delete: _undeletable, ...undeletable } = free;
  const unused = ['milk', 'gift', 'rent', 'call'].filter((id) => !drawing.forecast.rows.has(`todos/${id}`));
  const id = unused.length === 0 ? 'milk' : chance.pick(unused);
  yield* act.holdOnce(drawing, append);
  yield { do: 'pushSchema', schema: todosPermitted(drawing, { guest: undeletable, member: undeletable }) };
  yield act.insert(client, act.fittingTodo(drawing, client, id));
  yield act.insert(other, act.fittingTodo(drawing, other, id));
  yield* act.releaseHeld(drawing, append);
});
