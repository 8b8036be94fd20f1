/** A subscriber comes while a commit is on its way to the others; and goes, and comes again (Q4, Q6). */
import { drawAnyQuery } from '../../generation/context.ts';
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const lateSubscriber = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const query = drawAnyQuery(drawing);
  const held = chance.percent(60);
  if (held) yield* act.holdOnce(drawing, append);
  const first = act.subscribe(drawing, client, query);
  yield first;
  yield act.meetingInsert(drawing, act.pickFlowingOr(drawing, client), query);
  if (first.do === 'subscribe' && chance.percent(50)) yield { do: 'unsubscribe', client: client.name, subscription: first.subscription };
  yield act.subscribe(drawing, client, query);
  yield* act.releaseHeld(drawing, append);
});
