/** An attack: it asks for everything, stops reading, goes on speaking, and reads again or never (B5, B6). */
import { affordable } from '../../generation/waiting.ts';
import { append, toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const attackStopsReading = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  for (let count = chance.integer(1, 4); count > 0; count -= 1) yield act.subscribe(drawing, client, act.everyTodo);
  const victim = act.pickFlowingOr(drawing, client);
  yield act.subscribe(drawing, victim, act.everyTodo);
  const label = toClient(client.name);
  yield* act.holdOnce(drawing, label);
  const isBurst = chance.percent(40);
  if (isBurst) yield* act.holdOnce(drawing, append);
  for (const id of ['milk', 'rent', 'taxes', 'call', 'gift', 'plants', 'bike', 'visa', 'milk', 'rent'])
    yield act.insert(client, act.fittingTodo(drawing, client, id, { text: 'x'.repeat(chance.pick([10, 700])) }));
  if (isBurst) yield* act.releaseHeld(drawing, append);
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'milk'));
  yield { do: 'advance', ms: affordable(drawing.forecast, chance.pick([1_000, 20_000, 60_000])) };
  if (chance.percent(60)) yield* act.releaseHeld(drawing, label);
});
