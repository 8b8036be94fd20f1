/** A connection goes half-open; only the heartbeat finds out, and the writes go out again (S9, W1). */
import { affordable } from '../../generation/waiting.ts';
import * as act from './recipe.ts';

export const halfOpenUntilHeartbeat = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  yield { do: 'cut', client: client.name, how: 'halfOpen' };
  yield act.insert(client, act.todo(drawing, 'call'));
  if (chance.percent(30)) yield { do: 'disconnect', client: client.name };
  yield { do: 'advance', ms: affordable(drawing.forecast, 30_000) };
  yield { do: 'advance', ms: affordable(drawing.forecast, 30_000) };
  yield { do: 'advance', ms: 250 };
});
