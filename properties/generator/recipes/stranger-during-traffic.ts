/** Somebody talks nonsense while others work and do not notice, or behind a write of its own that still counts (B1, B2). */
import { append, toServer } from '../../language/labels.ts';
import { nonsenses, strangerWords } from '../../language/malformed.ts';
import { anyFlowing, fittingTodo, holdOnce, insert, pickFlowing, pickFlowingOr, type Recipe, releaseHeld, within } from './recipe.ts';

export const strangerDuringTraffic: Recipe = {
  name: 'stranger-during-traffic',
  suits: within(['nonsense'], anyFlowing),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const other = pickFlowingOr(drawing, client);
    const label = chance.pick([append, toServer(client.name)]);
    yield* holdOnce(drawing, label);
    yield insert(client, fittingTodo(drawing, client, 'milk'));
    if (chance.percent(60)) {
      const talked = nonsenses.filter((nonsense) => nonsense !== 'subscribedTwice');
      yield { do: 'inject', client: chance.pick([client, other]).name, to: 'server', nonsense: chance.pick(talked) };
    } else yield { do: 'stranger', says: chance.pick(strangerWords) };
    yield insert(client, fittingTodo(drawing, client, 'rent'));
    yield* releaseHeld(drawing, label);
  },
};
