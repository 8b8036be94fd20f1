/** More waits of a connection than the server keeps: it reads no more, for longer than it bears silence, and then reads on (B5, S9). */
import { affordable } from '../../generation/waiting.ts';
import { append, verifyOf } from '../../language/labels.ts';
import { nonsenses } from '../../language/malformed.ts';
import * as act from './recipe.ts';

export const readsNoMore = act.recipe(act.oftener(3, act.within(['bounds'], act.flowing)), function* ({ drawing, chance, client }) {
  const isGreeting = chance.percent(50);
  const label = isGreeting ? verifyOf(client.name) : append;
  yield* act.holdOnce(drawing, label);
  if (isGreeting) {
    // Before the acceptance a single frame is too much.
    yield act.startSession(client, { ...act.soundToken(drawing), lifetimeMs: null });
    yield { do: 'inject', client: client.name, to: 'server', nonsense: chance.pick(nonsenses) };
  } else for (const id of ['milk', 'rent', 'taxes', 'call']) yield act.insert(client, act.fittingTodo(drawing, client, id));
  if (chance.percent(70)) {
    yield { do: 'advance', ms: affordable(drawing.forecast, 60_000) };
    yield { do: 'advance', ms: affordable(drawing.forecast, 45_000) };
  }
  yield* act.releaseHeld(drawing, label);
  if (chance.percent(50)) yield { do: 'advance', ms: affordable(drawing.forecast, 60_000) };
});
