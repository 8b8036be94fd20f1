/** A query is fetched, and then subscribed to: the subscription must not begin with what the fetch was answered (Q6). */
import { drawAnyQuery } from '../../generation/context.ts';
import { toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const fetchedThenSubscribed = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  // Of a query that selects nothing nobody could tell.
  const query = chance.percent(60) ? act.everyTodo : drawAnyQuery(drawing);
  yield act.meetingInsert(drawing, act.pickFlowingOr(drawing, client), query);
  yield { do: 'fetch', client: client.name, query };
  const held = chance.percent(30);
  if (held) yield* act.holdOnce(drawing, toServer(client.name));
  yield act.subscribe(drawing, client, query);
  if (held) yield* act.releaseHeld(drawing, toServer(client.name));
});
