/** An attack: queries that cost as much as a frame can ask for, within the bounds and beyond them (B4, H5). */
import type { Filter, Query } from '../../../vocabulary/queries.ts';
import type { Chance } from '../../generation/chance.ts';
import * as act from './recipe.ts';

export const attackHeavyQuery = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  for (let count = chance.integer(1, 3); count > 0; count -= 1) {
    const where = chance.pick([wide, deep, longList, nearlyMatching])(chance);
    const query: Query = { collection: 'todos', where: [where], order: [], ...(chance.percent(30) && { limit: 1 }) };
    yield act.subscribe(drawing, client, query);
    // Each later write of such a row pays for it again.
    if (chance.percent(60))
      yield act.insert(client, act.fittingTodo(drawing, client, 'milk', { text: 'ab'.repeat(chance.pick([20, 200])) }));
  }
  const victim = act.pickFlowingOr(drawing, client);
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'rent'));
});

function wide(chance: Chance): Filter {
  const filters = Array.from({ length: chance.pick([30, 38, 39, 40, 60, 150]) }, (_, index): Filter => ['estimate', '!=', index]);
  return { mod: 'or', filters };
}

/** With an empty group at the bottom nothing is simplified away early. */
function deep(chance: Chance): Filter {
  let filter: Filter = ['done', '=', false];
  for (let depth = chance.pick([5, 7, 8, 9, 30]); depth > 1; depth -= 1)
    filter = { mod: depth % 2 === 0 ? 'or' : 'and', filters: [filter, ['text', '!=', 'x']] };
  return filter;
}

function longList(chance: Chance): Filter {
  const members = Array.from({ length: chance.pick([11, 12, 13, 200]) }, (_, index) => index);
  return ['estimate', chance.pick(['in', 'nin']), members];
}

/** Matches at every place but the last: the worst that a matcher that goes back can be asked. */
function nearlyMatching(chance: Chance): Filter {
  return ['text', 'like', `${'%a_'.repeat(chance.pick([3, 12, 13, 14, 40]))}c`];
}
