/** A session is connected again while its close lingers, and its token has expired meanwhile: CLOSING stays while the handler is asked (S2, S7). */

import { toClient } from '../../language/labels.ts';
import type { HandlerAnswer } from '../../scripts/script.ts';
import * as act from './recipe.ts';

export const closingAsksHandler = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const { name } = client;
  const token = { ...act.soundToken(drawing), lifetimeMs: 60_000 };
  const works: HandlerAnswer = { answer: 'token', token };
  const fails: HandlerAnswer = { answer: chance.pick(['null', 'throw']) };
  yield act.startSession(client, token, { intervalMs: null, answers: chance.percent(60) ? [fails, works] : [works] });
  yield { do: 'jumpWallClock', process: name, byMs: 3_600_000 };
  yield* act.holdOnce(drawing, toClient(name));
  yield { do: 'disconnect', client: name };
  yield { do: 'connect', client: name };
  yield { do: 'advance', ms: 1_000 };
  yield* act.releaseHeld(drawing, toClient(name));
});
