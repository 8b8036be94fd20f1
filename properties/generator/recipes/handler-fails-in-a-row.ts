/** The refresh handler fails several times in a row, each in its way; then it works, and fails once more (S7). */
import type { HandlerAnswer } from '../../language/tokens.ts';
import * as act from './recipe.ts';

export const handlerFailsInARow = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const token = { ...act.soundToken(drawing), lifetimeMs: chance.pick([2_000, 60_000, null]) };
  const fail = (): HandlerAnswer =>
    chance.weighted<HandlerAnswer>([
      [2, { answer: 'null' }],
      [2, { answer: 'throw' }],
      [1, { answer: 'token', token: { ...token, lifetimeMs: 0 } }],
      [2, { answer: 'token', token: { ...token, flaw: 'wrongSignature' } }],
    ]);
  const works: HandlerAnswer = { answer: 'token', token: { ...token, lifetimeMs: 60_000 } };
  const answers = [fail(), fail(), ...(chance.percent(60) ? [works] : []), fail()];
  yield act.startSession(client, token, { intervalMs: chance.pick([1_000, 1_000, 5_000]), answers });
  for (const ms of [1_000, 1_000, 2_000, chance.pick([1_000, 4_000]), 1_000]) yield { do: 'advance', ms };
  if (chance.percent(50)) {
    yield { do: 'cut', client: client.name, how: 'abrupt' };
    yield { do: 'advance', ms: 250 };
    yield { do: 'advance', ms: 1_000 };
    yield { do: 'advance', ms: 1_000 };
  }
});
