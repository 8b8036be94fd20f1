/** A refresh handler answers after its session was replaced or ended, or long after its connection came back (S2, S7). */
import { refreshHandlerOf } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const handlerOutlivesSession = act.recipe(act.anybody, function* ({ drawing, chance, client }) {
  const label = refreshHandlerOf(client.name);
  const token = { ...act.soundToken(drawing), lifetimeMs: 60_000 };
  yield act.startSession(client, token, { intervalMs: 2000, answers: [{ answer: 'token', token }] });
  yield* act.holdOnce(drawing, label);
  yield { do: 'advance', ms: 2000 };
  const what = chance.word({ replaced: 4, ended: 3, reconnected: 4 });
  if (what === 'replaced') yield act.startSession(client, act.soundToken(drawing));
  if (what === 'ended') yield { do: chance.pick(['endSession', 'disconnect']), client: client.name };
  if (what === 'reconnected') {
    // The acceptance schedules nothing while the call is in flight, though a whole interval passes.
    yield { do: 'cut', client: client.name, how: 'clean' };
    for (const ms of [250, 2000]) yield { do: 'advance', ms };
  }
  yield* act.releaseHeld(drawing, label);
});
