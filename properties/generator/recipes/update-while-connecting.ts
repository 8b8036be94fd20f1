/** Token updates called while the connection is not yet accepted wait for it, in order (S3). */
import { openingOf, verifyOf } from '../../language/labels.ts';
import { always, holdOnce, nextToken, pickAny, type Recipe, releaseHeld, soundToken, startSession } from './recipe.ts';

export const updateWhileConnecting: Recipe = {
  name: 'update-while-connecting',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const label = drawing.chance.percent(50) ? verifyOf(client.name) : openingOf(client.name);
    yield* holdOnce(drawing, label);
    const token = soundToken(drawing);
    yield startSession(client, token);
    for (let times = drawing.chance.integer(1, 2); times > 0; times -= 1) {
      yield { do: 'updateSessionToken', client: client.name, token: nextToken(drawing, client) };
    }
    if (drawing.chance.percent(30)) yield { do: drawing.chance.pick(['disconnect', 'endSession']), client: client.name };
    yield* releaseHeld(drawing, label);
  },
};
