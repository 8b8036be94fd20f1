/** The token ends while there is no connection: the next attempt asks the handler first, and much may happen meanwhile (S7, S9). */

import { reconnectTimerOf, refreshHandlerOf } from '../../language/labels.ts';
import type { HandlerAnswer, Step } from '../../scripts/script.ts';
import * as act from './recipe.ts';

export const attemptWithExpiredToken = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const { name } = client;
  const label = refreshHandlerOf(name);
  const token = { ...act.soundToken(drawing), lifetimeMs: 2_000 };
  const fresh = { ...token, lifetimeMs: 60_000 };
  // One is over half a second after it is accepted.
  const lifetimeMs = chance.pick([60_000, 60_000, 60_000, -1_000, 500]);
  const good: HandlerAnswer = { answer: 'token', token: { ...fresh, lifetimeMs } };
  const fails: HandlerAnswer = { answer: chance.pick(['null', 'throw']) };
  const answers = chance.percent(60) ? [good] : [fails, good];
  const refresh = { intervalMs: chance.pick([60_000, 60_000, 1_500]), answers };
  if (chance.percent(70)) {
    yield act.startSession(client, token, refresh);
    if (chance.percent(30)) yield* act.holdOnce(drawing, reconnectTimerOf(name));
    yield { do: 'advance', ms: chance.pick([1_900, 1_000]) };
    if (chance.percent(80)) yield { do: 'cut', client: name, how: 'abrupt' };
    if (chance.percent(60)) yield* act.holdOnce(drawing, label);
    yield { do: 'advance', ms: chance.pick([100, 1_000, 1_000]) };
  } else {
    // The first attempt asks already: the token is over when the session starts.
    yield* act.holdOnce(drawing, label);
    yield act.startSession(client, { ...token, lifetimeMs: 0 }, refresh);
  }
  const meanwhile: readonly Step[] = [
    { do: 'connect', client: name },
    { do: 'connect', client: name },
    { do: 'disconnect', client: name },
    { do: 'clear', client: name },
    { do: 'updateSessionToken', client: name, token: fresh },
    { do: 'updateSessionToken', client: name, token: fresh },
    { do: 'startSession', client: name, token: { kind: 'current' }, connect: chance.percent(70), refresh: { intervalMs: null, answers } },
  ];
  for (let steps = chance.integer(0, 2); steps > 0; steps -= 1) yield chance.pick(meanwhile);
  yield* act.releaseHeld(drawing, reconnectTimerOf(name));
  if (chance.percent(20)) yield { do: 'advance', ms: 30_000 };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'advance', ms: chance.pick([250, 1_000]) };
});
