/** A client updates a row by a patch (W1, W3). */
import { watchEntity } from '../driving/processes.ts';
import { drawHeld, holdsRows, liveQueries } from '../generation/context.ts';
import { fitChanges } from '../generation/fitting.ts';
import { drawChanges } from '../generation/rows.ts';
import { writeOf } from '../generation/state/client.ts';
import { client } from '../language/names.ts';
import { oddityOfOperation } from '../language/oddity.ts';
import { changedWrite, operationEntries, sayOperation } from '../language/operations.ts';
import { plainerAttributes } from '../language/plainer-values.ts';
import { choice, object } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { sayContent } from '../language/words-actions.ts';
import { sayAttributes } from '../language/words-query.ts';
import { defineCommand, plainCall, ready } from './command.ts';

export const update = defineCommand(object({ do: choice(['update']), client, ...operationEntries.update }))({
  needs: ['writes'],
  say: (command) => `${command.client} ${sayOperation(command)}`,
  swarm: { weight: 90, weightInGroup: 8, family: null, isIndispensable: true, isSequential: true },
  suits: (of, forecast) => (holdsRows(forecast, of) ? 14 : 1),
  generate: (drawing, of) => {
    const { chance, cast, forecast } = drawing;
    const { collection, id } = drawHeld(drawing, of);
    const changes = fitChanges(drawing, of, collection, drawChanges(chance, cast, collection, liveQueries(forecast)));
    return { do: 'update', client: of.name, collection, id, changes };
  },
  apply: (forecast, of, command) => writeOf(forecast, of, [command]),
  *shrink(command) {
    for (const changes of plainerAttributes(command.changes)) yield { ...command, changes };
  },
  oddity: oddityOfOperation,
  names: noNames,
  parts: { tokens: null, query: null, operations: changedWrite },
  prepare: ({ call, gifts, nextPromise, reports }, process, { collection, id, changes }) =>
    ready(() => {
      watchEntity(process, reports, collection, id);
      return call(process, { do: 'update', promise: nextPromise(), collection, id, changes }, () =>
        process.client.update(collection, id, gifts.copy(changes)),
      );
    }),
  call: {
    ...plainCall,
    isStored: true,
    say: ({ collection, id, changes, promise }) => ({
      brief: ` ${collection}/${id}`,
      exact: ` ${collection}/${id} (${sayContent(changes)})`,
      details: { row: `${collection}/${id}`, changes: sayAttributes(changes) || 'none', promise },
    }),
  },
});
