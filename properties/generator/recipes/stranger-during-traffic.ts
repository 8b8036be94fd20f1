/** Somebody talks nonsense while others work and do not notice, or behind a write of its own that still counts (B1, B2). */
import { append, toServer } from '../../language/labels.ts';
import { nonsenses, strangerWords } from '../../language/malformed.ts';
import * as act from './recipe.ts';

export const strangerDuringTraffic = act.recipe(act.within(['nonsense'], act.flowing), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const label = chance.pick([append, toServer(client.name)]);
  yield* act.holdOnce(drawing, label);
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  if (chance.percent(60)) {
    const talked = nonsenses.filter((nonsense) => nonsense !== 'subscribedTwice');
    yield { do: 'inject', client: chance.pick([client, other]).name, to: 'server', nonsense: chance.pick(talked) };
  } else yield { do: 'stranger', says: chance.pick(strangerWords) };
  yield act.insert(client, act.fittingTodo(drawing, client, 'rent'));
  yield* act.releaseHeld(drawing, label);
});
