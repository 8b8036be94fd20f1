/** The user closes a session that refreshes, perhaps while the handler is asked: nobody is asked until it is connected again (S7). */
import { refreshHandlerOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const closedByItsUser = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const { name } = client;
  const label = refreshHandlerOf(name);
  const token = { ...act.soundToken(drawing), lifetimeMs: chance.pick([-1_000, 3_000, 60_000]) };
  const works = { answer: 'token', token: { ...token, lifetimeMs: 60_000 } } as const;
  const answers = chance.percent(70) ? [works] : [{ answer: 'null' } as const, works];
  const refresh = { intervalMs: chance.pick([null, 2_000, 2_000]), answers };
  const isAsked = chance.percent(50);
  if (isAsked) yield* act.holdOnce(drawing, label);
  yield { do: 'startSession', client: name, token, connect: chance.percent(80), refresh };
  if (isAsked || chance.percent(50)) yield { do: 'advance', ms: 2_000 };
  yield { do: 'disconnect', client: name };
  yield* act.releaseHeld(drawing, label);
  yield { do: 'advance', ms: chance.pick([2_000, 4_000]) };
  if (chance.percent(60)) yield { do: 'connect', client: name };
  yield { do: 'advance', ms: chance.pick([1_000, 2_000]) };
});
