/** Two spellings of one query share a group; one of them leaves, the other must not notice (Q4, H1, H4). */
import { respell } from '../../generation/respell.ts';
import * as act from './recipe.ts';

export const twinsAndOneLeaves = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const other = chance.percent(50) ? client : act.flowing.pick(drawing);
  const query = act.orQuery(drawing);
  const first = act.subscribe(drawing, client, query);
  yield first;
  yield act.subscribe(drawing, other, chance.percent(70) ? respell(chance, query) : query);
  yield act.meetingInsert(drawing, client, query);
  if (first.do === 'subscribe') yield { do: 'unsubscribe', client: client.name, subscription: first.subscription };
  yield act.meetingInsert(drawing, other, query);
});
