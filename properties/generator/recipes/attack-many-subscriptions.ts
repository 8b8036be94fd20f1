/** An attack: as many subscriptions as can be, taken up and left at once, beside one that honest clients share (B4, H1, H2). */
import { liveSubscriptions } from '../../generation/context.ts';
import * as act from './recipe.ts';

export const attackManySubscriptions = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  const victim = act.pickFlowingOr(drawing, client);
  const shared = act.orQuery(drawing);
  yield act.subscribe(drawing, victim, shared);
  const isAlike = chance.percent(50);
  for (let count = chance.pick([8, 23, 25, 28]); count > 0; count -= 1) {
    const other = { ...shared, where: [...shared.where, ['estimate', '!=', count] as const] };
    yield act.subscribe(drawing, client, isAlike ? shared : other);
  }
  if (chance.percent(50)) yield act.insert(victim, act.fittingTodo(drawing, victim, 'milk'));
  const left = liveSubscriptions(client).slice(0, chance.integer(1, 10));
  for (const { name } of left) yield { do: 'unsubscribe', client: client.name, subscription: name };
  yield act.meetingInsert(drawing, victim, shared);
});
