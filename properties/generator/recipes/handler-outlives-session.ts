/** A refresh handler answers after its session was replaced or ended (S2, S7). */
import { refreshHandlerOf } from '../../language/labels.ts';
import { always, holdOnce, pickAny, type Recipe, releaseHeld, soundToken, startSession } from './recipe.ts';

export const handlerOutlivesSession: Recipe = {
  name: 'handler-outlives-session',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const label = refreshHandlerOf(client.name);
    const token = { ...soundToken(drawing), lifetimeMs: 60_000 };
    yield startSession(client, token, { intervalMs: 2000, answers: [{ answer: 'token', token }] });
    yield* holdOnce(drawing, label);
    yield { do: 'advance', ms: 2000 };
    if (drawing.chance.percent(60)) yield startSession(client, soundToken(drawing));
    else yield { do: drawing.chance.pick(['endSession', 'disconnect']), client: client.name };
    yield* releaseHeld(drawing, label);
  },
};
