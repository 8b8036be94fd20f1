/** Storage has no space: writes wait, reads go on, and storage is asked again and again until it has some, or the server begins anew (W2). */
import { compatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import * as act from './recipe.ts';

export const storageFull = act.recipe(act.within(['storage'], act.flowing), function* ({ drawing, chance, client }) {
  const { space } = drawing.forecast;
  const other = act.pickFlowingOr(drawing, client);
  if (!space.isFull) yield { do: 'fillStorage' };
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (chance.percent(50)) yield act.subscribe(drawing, client, act.everyTodo);
  if (chance.percent(20)) yield { do: 'pushSchema', schema: compatibleChange(chance, drawing.cast, schemaNow(drawing)) };
  yield act.insert(other, chance.percent(70) ? act.fittingTodo(drawing, other, chance.pick(['gift', 'call'])) : act.illTodo('gift'));
  if (chance.percent(25)) yield { do: 'updateSessionToken', client: client.name, token: act.nextToken(drawing, client) };
  if (chance.percent(20)) yield { do: 'cut', client: client.name, how: 'abrupt' };
  if (chance.percent(60)) yield { do: 'advance', ms: chance.pick([999, 1000, 1001, 3000]) };
  if (chance.percent(40)) yield act.update(client, 'milk', { done: true });
  if (act.isWithin(drawing, 'crashes') && chance.percent(20)) yield { do: 'restartServer', how: 'crash', keepsTail: chance.percent(50) };
  if (chance.percent(30)) yield { do: 'advance', ms: chance.pick([8_000, 31_000, 130_000, 200_000]) };
  if (space.isFull) yield { do: 'freeStorage' };
  yield { do: 'advance', ms: chance.pick([1000, 2000, 60_000]) };
});
