/** A session begins with an expired token and a handler, which is asked first (S2). */
import { refreshHandlerOf } from '../../language/labels.ts';
import type { HandlerAnswer } from '../../scripts/script.ts';
import * as act from './recipe.ts';

export const expiredAsksHandler = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = refreshHandlerOf(client.name);
  const sound = act.soundToken(drawing);
  const held = chance.percent(50);
  if (held) yield* act.holdOnce(drawing, label);
  const answers: HandlerAnswer[] = [{ answer: 'token', token: sound }];
  if (chance.percent(40)) answers.unshift({ answer: chance.pick(['null', 'throw']) });
  yield act.startSession(client, { ...sound, lifetimeMs: -1000 }, { intervalMs: null, answers });
  if (held && chance.percent(50)) yield { do: chance.pick(['disconnect', 'connect', 'endSession']), client: client.name };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'advance', ms: 1000 };
});
