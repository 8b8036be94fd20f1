/** A row enters a result by one branch of an OR, moves to another branch, and leaves (Q5). */
import { drawChanges, drawMeeting } from '../../generation/rows.ts';
import * as act from './recipe.ts';

export const throughTheBranches = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const query = act.orQuery(drawing);
  yield act.subscribe(drawing, client, query);
  yield* act.holding(drawing, client, 'milk');
  for (let times = chance.integer(2, 4); times > 0; times -= 1) {
    const met = drawMeeting(chance, 'todos', [query]);
    const changes = met === undefined ? drawChanges(chance, drawing.cast, 'todos', [query]) : { [met[0]]: met[1] };
    yield act.update(client, 'milk', changes);
  }
});
