/** An attack: writes without any right to them, large ones, one after the other; each is refused, and kept only until its refusal was heard (W1, W4, P1). */
import type { Step } from '../../scripts/script.ts';
import * as act from './recipe.ts';

export const attackRefusedWrites = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  const text = 'x'.repeat(chance.pick([10, 900, 3_000]));
  const one = (id: string): Step => act.insert(client, { ...act.illTodo(id), whim: text });
  for (const id of ['milk', 'rent', 'taxes', 'call', 'gift', 'plants']) yield one(id);
  if (chance.percent(50)) yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
  const victim = act.pickFlowingOr(drawing, client);
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'bike'));
  yield one('visa');
});
