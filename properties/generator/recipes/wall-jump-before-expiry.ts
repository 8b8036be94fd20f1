/** The wall clock jumps shortly before a token expires; the timer does not, the decision does (S5). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import * as act from './recipe.ts';

export const wallJumpBeforeExpiry = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const lifetimeMs = drawShortLifetimeMs(chance);
  yield act.startSession(client, act.shortToken(drawing, lifetimeMs));
  yield {
    do: 'jumpWallClock',
    process: chance.percent(75) ? 'server' : client.name,
    byMs: chance.pick([-1000, -500, 500, 1000, 2000]),
  };
  if (chance.percent(50)) yield act.insert(client, act.todo(drawing, 'visa'));
  yield { do: 'advance', ms: lifetimeMs };
  yield { do: 'advance', ms: 1000 };
});
