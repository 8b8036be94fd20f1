/** A client makes several writes that are decided as one (W4). */
import { watchEntity } from '../driving/processes.ts';
import { holdsRows } from '../generation/context.ts';
import { drawOperations } from '../generation/operations.ts';
import { writeOf } from '../generation/state/client.ts';
import { replaceAt, sum, withoutOne } from '../language/lists.ts';
import { client } from '../language/names.ts';
import { oddityOfOperation } from '../language/oddity.ts';
import { idOf, operation, sayOperation, type WriteCommand } from '../language/operations.ts';
import { plainerOperations } from '../language/plainer-operations.ts';
import { choice, list, object, type ValueOf } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { sayWrite, sayWriteExactly } from '../language/words-actions.ts';
import { sayWriteWhole } from '../language/words-details.ts';
import { defineCommand, plainCall, ready } from './command.ts';

const shape = object({ do: choice(['transact']), client, operations: list(operation) });
type Transact = ValueOf<typeof shape>;

export const transact = defineCommand(shape)({
  needs: ['writes', 'transactions'],
  say: (command) => `${command.client} in one transaction ${command.operations.map(sayOperation).join(', ') || 'does nothing'}`,
  swarm: { weight: 90, weightInGroup: 6, family: 'transactions', isIndispensable: false, isSequential: true },
  suits: (of, forecast) => (holdsRows(forecast, of) ? 14 : 8),
  generate: (drawing, of) => ({ do: 'transact', client: of.name, operations: drawOperations(drawing, of) }),
  apply: (forecast, of, command) => {
    if (command.operations.length > 0) writeOf(forecast, of, command.operations);
  },
  shrink,
  oddity: (command) => sum(command.operations, oddityOfOperation),
  names: noNames,
  parts: {
    tokens: null,
    query: null,
    operations: (command, change): Transact => ({ ...command, operations: command.operations.map(change) }),
  },
  prepare: ({ call, gifts, nextPromise, reports }, process, { operations }) =>
    ready(() => {
      for (const one of operations) watchEntity(process, reports, one.collection, idOf(one));
      return call(process, { do: 'transact', promise: nextPromise(), operations }, () => process.client.transact(gifts.copy(operations)));
    }),
  call: {
    ...plainCall,
    isStored: true,
    say: ({ operations, promise }) => ({
      brief: `: ${operations.map(sayWrite).join(', ') || 'nothing'}`,
      exact: ` ${operations.map(sayWriteExactly).join('; ') || 'nothing'}`,
      details: { operations: operations.map(sayWriteWhole).join('\n') || 'none', promise },
    }),
  },
});

function* shrink(command: Transact): Generator<Transact | WriteCommand> {
  for (const one of command.operations) yield { ...one, client: command.client };
  for (const operations of withoutOne(command.operations)) yield { ...command, operations };
  for (const [place, one] of command.operations.entries()) {
    for (const plainer of plainerOperations(one)) yield { ...command, operations: replaceAt(command.operations, place, plainer) };
  }
}
