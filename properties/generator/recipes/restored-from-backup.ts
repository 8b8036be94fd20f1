/**
 * The server's log is copied, written on, and then lost: the server begins again on the copy, or on nothing, behind a client
 * that has heard more. While that client is away, another one may bring the log as far again (W2).
 */
import { append, load, storeOf, toClient, toServer } from '../../language/labels.ts';
import { logCopies } from '../../language/log-copies.ts';
import * as act from './recipe.ts';

export const restoredFromBackup = act.recipe(act.within(['logs'], act.oftener(4, act.flowing)), function* ({ drawing, chance, client }) {
  const other = act.pickFlowingOr(drawing, client);
  const copy = chance.pick(logCopies);
  const isCopied = chance.percent(75);
  if (chance.percent(60)) yield act.subscribe(drawing, client, act.everyTodo);
  if (isCopied) yield { do: 'copyLog', copy };
  yield act.insert(client, act.todo(drawing, chance.pick(['milk', 'plants'])));
  if (chance.percent(40)) yield act.update(client, chance.pick(['milk', 'plants', 'rent']), { done: true });
  // What is lost may be an answer that is still on its way.
  if (chance.percent(35)) {
    yield* act.holdOnce(drawing, toClient(client.name));
    yield act.insert(client, chance.percent(60) ? act.todo(drawing, 'taxes') : act.illTodo('taxes'));
    // Heard alone, the acknowledgement leaves the write laid over what is held.
    if (chance.percent(60)) yield { do: 'deliver', label: toClient(client.name), count: 1 };
  }
  const isAway = chance.percent(60);
  if (isAway) yield { do: 'disconnect', client: client.name };
  else if (chance.percent(30)) yield* act.holdOnce(drawing, toServer(client.name));
  if (chance.percent(60)) yield act.insert(client, act.todo(drawing, chance.pick(['milk', 'taxes'])));
  if (chance.percent(60)) yield act.update(client, chance.pick(['milk', 'taxes', 'plants', 'rent']), { done: false });
  yield { do: 'restoreServer', from: isCopied && chance.percent(85) ? copy : null };
  if (chance.percent(15)) yield* act.holdOnce(drawing, chance.pick([append, load]));
  yield { do: 'advance', ms: 250 };
  for (const label of [append, load, toClient(client.name), toServer(client.name)]) yield* act.releaseHeld(drawing, label);
  const others = other.name === client.name ? 0 : chance.pick([0, 1, 3]);
  for (let count = 0; count < others; count += 1) yield act.insert(other, act.todo(drawing, chance.pick(['milk', 'plants', 'taxes'])));
  // What storage has not kept when the client hears of the other log is told by its promise, not by a callback.
  const isSlow = chance.percent(40);
  if (isSlow) yield* act.holdOnce(drawing, storeOf(client.name));
  if (isSlow && isAway)
    yield chance.percent(50) ? act.insert(client, act.todo(drawing, 'rent')) : act.update(client, 'milk', { done: true });
  if (act.isWithin(drawing, 'storage') && chance.percent(60))
    yield { do: 'failStorage', process: client.name, keepsTail: false, operation: 'clear' };
  if (isAway) yield { do: 'connect', client: client.name };
  if (chance.percent(30)) yield act.insert(client, act.todo(drawing, 'rent'));
  if (chance.percent(20)) yield { do: 'restartClient', client: client.name, keepsTail: chance.percent(50) };
  if (chance.percent(20)) yield { do: 'restoreServer', from: isCopied ? copy : null };
  yield { do: 'advance', ms: 1000 };
  yield* act.releaseHeld(drawing, storeOf(client.name));
  yield act.insert(client, act.todo(drawing, 'plants'));
});
