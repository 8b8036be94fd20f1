/** A key is withdrawn while its holder is away; when he is back, the set that the server has is old, or too old to be kept (S11). */
import { keysMaxAgeMs, keysMaxStaleMs } from '../../generation/state/keys.ts';
import { costOfWaiting } from '../../generation/state/time.ts';
import { isBearable } from '../../generation/waiting.ts';
import type { KeySetAnswer } from '../../language/key-sets.ts';
import * as act from './recipe.ts';

const about: act.Subject = { ...act.anybody, suits: ({ forecast }) => (forecast.keys === null ? 0 : 3) };
/** More tasks of the world than this are not worth the hour. */
const dearest = 200;

export const keysAge = act.recipe(about, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  yield { do: 'disconnect', client: client.name };
  if (chance.percent(60)) yield { do: 'rotateKeys' };
  const isStale = chance.percent(40);
  const answers: readonly KeySetAnswer[] = isStale ? ['unreachable', 'empty', 'broken'] : ['unreachable', 'empty', 'withFormer', 'former'];
  if (chance.percent(isStale ? 85 : 50)) yield { do: 'serveKeySet', answer: chance.pick(answers) };
  const { forecast } = drawing;
  const held = forecast.keys?.held;
  if (held == null) return;
  const awayMs = held.sinceMs + (isStale ? keysMaxStaleMs : keysMaxAgeMs) - forecast.nowMs + chance.pick([-1, -1, 0, 0, 1]);
  if (awayMs <= 0 || costOfWaiting(forecast, awayMs) > dearest || !isBearable(forecast, awayMs)) return;
  yield { do: 'advance', ms: awayMs };
  yield { do: 'connect', client: client.name };
  if (chance.percent(35)) yield { do: 'advance', ms: chance.pick([500, 999, 1_000, 3_000]) };
  const other = act.pickOther(drawing, client);
  if (other !== client && chance.percent(60)) yield act.startSession(other, act.soundToken(drawing));
});
