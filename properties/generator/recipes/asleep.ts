/** A laptop is closed for a while: what was due comes late, the server may have given the client up, and tokens have expired (S5, S7, S9). */
import { affordable } from '../../generation/waiting.ts';
import * as act from './recipe.ts';

const hourMs = 3_600_000;

export const asleep = act.recipe(act.oftener(3, act.within(['sleep'], act.flowing)), function* ({ drawing, chance, client }) {
  const { forecast } = drawing;
  yield* act.holding(drawing, client, 'milk');
  if (chance.percent(30)) {
    const token = { ...act.nextToken(drawing, client), lifetimeMs: chance.pick([2_000, 60_000, 90_000]) };
    const intervalMs = chance.pick([null, 30_000, 60_000]);
    yield act.startSession(client, token, { intervalMs, answers: [{ answer: 'token', token: { ...token, lifetimeMs: null } }] });
  }
  const wait = (ms: number) => ({ do: 'advance', ms: affordable(forecast, ms) }) as const;
  if (chance.percent(40)) yield wait(chance.pick([1_000, 10_000, 30_000, 31_000]));
  yield { do: 'fallAsleep', client: client.name, clock: chance.percent(65) ? 'runs' : 'stands' };
  const other = act.pickFlowingOr(drawing, client);
  if (other !== client && chance.percent(50)) yield act.update(other, 'milk', { text: 'meanwhile' });
  const silent = chance.percent(50);
  if (silent) yield { do: 'cut', client: client.name, how: 'halfOpen' };
  if (chance.percent(25)) yield { do: 'jumpWallClock', process: client.name, byMs: chance.pick([30_000, -30_000, 120_000, -120_000]) };
  yield wait(chance.pick([20_000, 45_000, 65_000, 104_000, 105_000, 110_000, 135_000, 600_000, 3 * hourMs, 12 * hourMs]));
  yield { do: 'wakeUp', client: client.name };
  if (chance.percent(50)) yield act.update(client, 'milk', { text: 'awake' });
  yield wait(chance.pick([1, 250, 1_000, 30_000]));
  yield wait(chance.pick([1_000, 30_000, 31_000]));
});
