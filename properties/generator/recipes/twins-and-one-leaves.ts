/** Two spellings of one query share a group; one of them leaves, the other must not notice (Q4, H1, H4). */
import { respell } from '../../generation/respell.ts';
import { anyFlowing, meetingInsert, orQuery, pickFlowing, type Recipe, subscribe } from './recipe.ts';

export const twinsAndOneLeaves: Recipe = {
  name: 'twins-and-one-leaves',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const other = drawing.chance.percent(50) ? client : pickFlowing(drawing);
    const query = orQuery(drawing);
    const first = subscribe(drawing, client, query);
    yield first;
    yield subscribe(drawing, other, drawing.chance.percent(70) ? respell(drawing.chance, query) : query);
    yield meetingInsert(drawing, client, query);
    if (first.do === 'subscribe') yield { do: 'unsubscribe', client: client.name, subscription: first.subscription };
    yield meetingInsert(drawing, other, query);
  },
};
