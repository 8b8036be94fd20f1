/** A session begins with an expired token and a handler, which is asked first (S2). */
import { refreshHandlerOf } from '../../language/labels.ts';
import type { HandlerAnswer } from '../../scripts/script.ts';
import { always, holdOnce, pickAny, type Recipe, releaseHeld, soundToken, startSession } from './recipe.ts';

export const expiredAsksHandler: Recipe = {
  name: 'expired-asks-handler',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const label = refreshHandlerOf(client.name);
    const sound = soundToken(drawing);
    const held = drawing.chance.percent(50);
    if (held) yield* holdOnce(drawing, label);
    const answers: HandlerAnswer[] = [{ answer: 'token', token: sound }];
    if (drawing.chance.percent(40)) answers.unshift({ answer: drawing.chance.pick(['null', 'throw']) });
    yield startSession(client, { ...sound, lifetimeMs: -1000 }, { intervalMs: null, answers });
    if (held && drawing.chance.percent(50)) yield { do: drawing.chance.pick(['disconnect', 'connect', 'endSession']), client: client.name };
    yield* releaseHeld(drawing, label);
    yield { do: 'advance', ms: 1000 };
  },
};
