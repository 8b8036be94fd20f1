/** A connection goes half-open; only the heartbeat finds out, and the writes go out again (S9, W1). */
import { affordable } from '../../generation/waiting.ts';
import { anyFlowing, insert, pickFlowing, type Recipe, todo } from './recipe.ts';

export const halfOpenUntilHeartbeat: Recipe = {
  name: 'half-open-until-heartbeat',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    yield { do: 'cut', client: client.name, how: 'halfOpen' };
    yield insert(client, todo(drawing, 'call'));
    if (drawing.chance.percent(30)) yield { do: 'disconnect', client: client.name };
    yield { do: 'advance', ms: affordable(drawing.forecast, 30_000) };
    yield { do: 'advance', ms: affordable(drawing.forecast, 30_000) };
    yield { do: 'advance', ms: 250 };
  },
};
