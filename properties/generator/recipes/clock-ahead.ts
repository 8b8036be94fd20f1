/** The clock of a client is ahead of every token, from the start or since it was connected: the handler is asked first, and the server judges what it brings (S7). */
import type { HandlerAnswer } from '../../scripts/script.ts';
import * as act from './recipe.ts';

export const clockAhead = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const { name } = client;
  const byMs = chance.pick([3_600_000, 59_500]);
  const isAheadFirst = chance.percent(60);
  if (isAheadFirst) yield { do: 'jumpWallClock', process: name, byMs };
  const token = { ...act.soundToken(drawing), lifetimeMs: 60_000 };
  const works: HandlerAnswer = { answer: 'token', token };
  const answers: readonly HandlerAnswer[] = chance.percent(75) ? [works] : [{ answer: 'null' }, works];
  yield act.startSession(client, token, { intervalMs: chance.pick([null, null, 5_000]), answers });
  if (!isAheadFirst) yield { do: 'jumpWallClock', process: name, byMs: 3_600_000 };
  yield { do: 'advance', ms: 1_000 };
  if (chance.percent(40)) yield { do: 'clear', client: name };
  else if (chance.percent(75)) yield { do: 'cut', client: name, how: 'abrupt' };
  yield { do: 'advance', ms: chance.pick([250, 5_000]) };
  if (chance.percent(40)) yield { do: 'advance', ms: 60_000 };
  if (chance.percent(40)) yield { do: 'jumpWallClock', process: name, byMs: -byMs };
});
