/** A row enters a result by one branch of an OR, moves to another branch, and leaves (Q5). */
import { drawChanges, drawMeeting } from '../../generation/rows.ts';
import { anyFlowing, holding, orQuery, pickFlowing, type Recipe, subscribe, update } from './recipe.ts';

export const throughTheBranches: Recipe = {
  name: 'through-the-branches',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const query = orQuery(drawing);
    yield subscribe(drawing, client, query);
    yield* holding(drawing, client, 'milk');
    for (let times = drawing.chance.integer(2, 4); times > 0; times -= 1) {
      const met = drawMeeting(drawing.chance, 'todos', [query]);
      const changes = met === undefined ? drawChanges(drawing.chance, drawing.cast, 'todos', [query]) : { [met[0]]: met[1] };
      yield update(client, 'milk', changes);
    }
  },
};
