/** The wall clock jumps shortly before a token expires; the timer does not, the decision does (S5). */
import { drawShortLifetimeMs } from '../../generation/tokens.ts';
import { always, insert, pickAny, type Recipe, shortToken, startSession, todo } from './recipe.ts';

export const wallJumpBeforeExpiry: Recipe = {
  name: 'wall-jump-before-expiry',
  suits: always,
  *play(drawing) {
    const client = pickAny(drawing);
    const lifetimeMs = drawShortLifetimeMs(drawing.chance);
    yield startSession(client, shortToken(drawing, lifetimeMs));
    yield {
      do: 'jumpWallClock',
      process: drawing.chance.percent(75) ? 'server' : client.name,
      byMs: drawing.chance.pick([-1000, -500, 500, 1000, 2000]),
    };
    if (drawing.chance.percent(50)) yield insert(client, todo(drawing, 'visa'));
    yield { do: 'advance', ms: lifetimeMs };
    yield { do: 'advance', ms: 1000 };
  },
};
