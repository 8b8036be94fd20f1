/** A client deletes a row (W1, W3). */
import { watchEntity } from '../driving/processes.ts';
import { drawHeld, holdsRows } from '../generation/context.ts';
import { writeOf } from '../generation/state/client.ts';
import { client } from '../language/names.ts';
import { changedWrite, operationEntries, sayOperation } from '../language/operations.ts';
import { choice, object } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { defineCommand, nothingPlainer, plainCall, ready } from './command.ts';

/** `delete` is a word of the language. */
export const deleteRow = defineCommand(object({ do: choice(['delete']), client, ...operationEntries.delete }))({
  needs: ['writes'],
  say: (command) => `${command.client} ${sayOperation(command)}`,
  swarm: { weight: 35, weightInGroup: 5, family: null, isIndispensable: false, isSequential: true },
  suits: (of, forecast) => (holdsRows(forecast, of) ? 14 : 1),
  generate: (drawing, of) => {
    const { collection, id } = drawHeld(drawing, of);
    return { do: 'delete', client: of.name, collection, id };
  },
  apply: (forecast, of, command) => writeOf(forecast, of, [command]),
  shrink: nothingPlainer,
  oddity: () => 0,
  names: noNames,
  parts: { tokens: null, query: null, operations: changedWrite },
  prepare: ({ call, nextPromise, reports }, process, { collection, id }) =>
    ready(() => {
      watchEntity(process, reports, collection, id);
      return call(process, { do: 'delete', promise: nextPromise(), collection, id }, () => process.client.delete(collection, id));
    }),
  call: { ...plainCall, isStored: true, say: ({ collection, id }) => ({ brief: ` ${collection}/${id}` }) },
});
