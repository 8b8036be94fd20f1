/** The wall clock jumps shortly before a token expires; the timer does not, the decision does (S5). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import * as act from './recipe.ts';

export const wallJumpBeforeExpiry: act.Recipe = {
  name: 'wall-jump-before-expiry',
  suits: act.always,
  *play(drawing) {
    const client = act.pickAny(drawing);
    const lifetimeMs = drawShortLifetimeMs(drawing.chance);
    yield act.startSession(client, act.shortToken(drawing, lifetimeMs));
    yield {
      do: 'jumpWallClock',
      process: drawing.chance.percent(75) ? 'server' : client.name,
      byMs: drawing.chance.pick([-1000, -500, 500, 1000, 2000]),
    };
    if (drawing.chance.percent(50)) yield act.insert(client, act.todo(drawing, 'visa'));
    yield { do: 'advance', ms: lifetimeMs };
    yield { do: 'advance', ms: 1000 };
  },
};
