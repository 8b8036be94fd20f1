/** A session is replaced or ended while its socket is still opening (S2). */
import { openingOf } from '../../language/labels.ts';
import { always, holdOnce, pickAny, type Recipe, releaseHeld, soundToken, startSession } from './recipe.ts';

export const socketStillOpening: Recipe = {
  name: 'socket-still-opening',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const label = openingOf(client.name);
    yield* holdOnce(drawing, label);
    yield startSession(client, soundToken(drawing));
    if (drawing.chance.percent(50)) yield startSession(client, soundToken(drawing));
    else yield { do: drawing.chance.pick(['endSession', 'disconnect']), client: client.name };
    if (drawing.chance.percent(30)) yield { do: 'connect', client: client.name };
    yield* releaseHeld(drawing, label);
  },
};
