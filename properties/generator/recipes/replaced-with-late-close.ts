/** A session replaced while its old connection still has something to say, a close among it (S2). */
import { toClient } from '../../language/labels.ts';
import { anyFlowing, pickFlowing, type Recipe, releaseHeld, soundToken, startSession } from './recipe.ts';

export const replacedWithLateClose: Recipe = {
  name: 'replaced-with-late-close',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const label = toClient(client.name);
    yield { do: 'hold', label };
    if (drawing.chance.percent(50)) yield { do: 'cut', client: client.name, how: drawing.chance.pick(['clean', 'abrupt']) };
    else yield { do: 'updateSessionToken', client: client.name, token: { ...soundToken(drawing), role: 'visitor' } };
    yield startSession(client, soundToken(drawing));
    yield* releaseHeld(drawing, label);
    if (drawing.chance.percent(50)) yield { do: 'advance', ms: 300 };
  },
};
