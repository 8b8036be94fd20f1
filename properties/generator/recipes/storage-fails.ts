/**
 * A client's storage fails at something whose consequences only the next process meets: what it was to forget, to keep of a result or of
 * the log, or to clear; or that process cannot read it (K3).
 */
import type { StorageOperation } from '../../language/storage-operations.ts';
import type { Step } from '../../scripts/script.ts';
import * as act from './recipe.ts';

type Operation = Exclude<StorageOperation, 'enqueue' | 'replace'>;

const about = act.within(['storage', 'crashes'], act.oftener(8, act.flowing));

export const storageFails = act.recipe(about, function* ({ drawing, chance, client }) {
  const { name } = client;
  const other = act.pickFlowingOr(drawing, client);
  const fails = (operation: Operation): Step => ({ do: 'failStorage', process: name, keepsTail: false, operation });
  if (chance.percent(80)) yield act.subscribe(drawing, client, act.everyTodo);
  const operation: Operation = chance.pick(['load', 'dequeue', 'dequeue', 'remember', 'hear', 'hear', 'hear', 'clear', 'clear', 'clear']);
  if (operation === 'clear' && chance.percent(60)) yield act.insert(client, act.fittingTodo(drawing, client, 'rent'));
  yield fails(operation);
  if (operation === 'clear') {
    yield { do: 'clear', client: name };
    // It is asked again at the acceptance, and fails again before anything was heard.
    if (chance.percent(50)) yield fails('clear');
    if (chance.percent(60)) yield { do: 'advance', ms: 250 };
  }
  if (operation !== 'load' || chance.percent(50))
    yield act.insert(client, chance.percent(70) ? act.fittingTodo(drawing, client, 'milk') : act.illTodo('milk'));
  if (chance.percent(50)) yield act.insert(other, act.fittingTodo(drawing, other, chance.pick(['milk', 'plants'])));
  if (chance.percent(30)) yield act.insert(client, act.fittingTodo(drawing, client, 'plants'));
  yield { do: 'restartClient', client: name, keepsTail: chance.percent(50) };
  if (operation === 'load' && chance.percent(60)) yield fails('load');
  if (chance.percent(75)) yield act.subscribe(drawing, client, act.everyTodo);
  if (chance.percent(40)) yield act.insert(client, act.fittingTodo(drawing, client, 'taxes'));
  yield act.startSession(client, act.soundToken(drawing));
});
