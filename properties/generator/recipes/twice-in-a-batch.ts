/** A write waits for a batch on a connection that is dead, and comes again on the next one: it is in the batch twice, and in the log once (W1, W2). */
import { append } from '../../language/labels.ts';
import * as act from './recipe.ts';

const besideAnother: act.Subject = {
  ...act.flowing,
  suits: (drawing) => (drawing.forecast.clients.filter((client) => act.isFlowing(drawing, client)).length > 1 ? 6 : 0),
};

export const twiceInABatch = act.recipe(besideAnother, function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const again = { ...act.nextToken(drawing, client), lifetimeMs: null };
  yield* act.storageIsBusy(drawing, other);
  yield act.insert(client, chance.percent(75) ? act.todo(drawing, 'milk') : act.illTodo('milk'));
  yield { do: 'cut', client: client.name, how: 'halfOpen' };
  yield act.startSession(client, again);
  if (chance.percent(40)) yield act.insert(client, act.todo(drawing, 'rent'));
  yield act.takesNext;
  if (act.isWithin(drawing, 'crashes') && chance.percent(30)) yield { do: 'restartServer', how: 'crash', keepsTail: chance.percent(50) };
  yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: 250 };
});
