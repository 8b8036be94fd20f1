/**
 * A client's storage is copied, the client writes on, and then it, or another client, begins again on the copy and writes
 * under numbers that are used up (W1).
 */
import { toClient } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const restoredFromCopy = act.recipe(act.within(['copies'], act.oftener(4, act.flowing)), function* ({ drawing, chance, client }) {
  const acknowledgements = toClient(client.name);
  if (chance.percent(65)) yield* act.holding(drawing, client, 'rent');
  // What is copied before its answer is heard is sent again from the copy.
  if (chance.percent(35)) {
    yield* act.holdOnce(drawing, acknowledgements);
    yield act.insert(client, chance.percent(50) ? act.todo(drawing, chance.pick(['milk', 'rent'])) : act.illTodo('milk'));
  }
  yield { do: 'copyStorage', client: client.name };
  yield* act.releaseHeld(drawing, acknowledgements);
  yield chance.percent(80)
    ? act.insert(client, chance.percent(70) ? act.todo(drawing, chance.pick(['milk', 'plants'])) : act.illTodo('plants'))
    : act.update(client, 'rent', { done: true });
  if (chance.percent(30)) yield act.insert(client, act.todo(drawing, 'taxes'));
  const second = chance.percent(60) ? client : act.pickOther(drawing, client);
  yield { do: 'restoreClient', client: second.name, copyOf: client.name };
  if (chance.percent(60)) yield act.subscribe(drawing, second, act.everyTodo);
  if (act.isWithin(drawing, 'storage') && chance.percent(60))
    yield { do: 'failStorage', process: second.name, keepsTail: false, operation: 'replace' };
  const isLate = chance.percent(40);
  if (isLate) yield act.startSession(second, { ...act.soundToken(drawing), lifetimeMs: null });
  yield act.insert(second, act.todo(drawing, chance.pick(['milk', 'plants'])));
  if (chance.percent(75)) yield act.update(second, chance.pick(['milk', 'plants', 'rent', 'rent']), { done: false });
  if (chance.percent(30)) yield act.insert(second, act.todo(drawing, 'taxes'));
  if (!isLate) yield act.startSession(second, { ...act.soundToken(drawing), lifetimeMs: null });
});
