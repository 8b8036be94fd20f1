/** A session begins with an expired token and a handler, which is asked first; its user may close it meanwhile, and connect it again (S2, S7). */
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
  const meanwhile = held && chance.percent(60) ? chance.pick(['disconnect', 'disconnect', 'connect', 'endSession'] as const) : null;
  if (meanwhile !== null) yield { do: meanwhile, client: client.name };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'advance', ms: 1000 };
  if (meanwhile === 'disconnect' && chance.percent(70)) yield { do: 'connect', client: client.name };
});
