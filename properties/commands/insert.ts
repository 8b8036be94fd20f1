/** A client inserts a row (W1, W3). */
import { watchEntity } from '../driving/processes.ts';
import { idsOfCollection } from '../generation/cast.ts';
import { drawCollection, liveQueries } from '../generation/context.ts';
import { fitRow } from '../generation/fitting.ts';
import { drawMeeting, drawRow } from '../generation/rows.ts';
import { writeOf } from '../generation/state/client.ts';
import { client } from '../language/names.ts';
import { oddityOfOperation } from '../language/oddity.ts';
import { changedWrite, operationEntries, sayOperation } from '../language/operations.ts';
import { plainerRows } from '../language/plainer-values.ts';
import { choice, object } from '../language/shapes.ts';
import { noNames } from '../language/step-names.ts';
import { sayRowExactly } from '../language/words-actions.ts';
import { sayRow } from '../language/words-details.ts';
import { defineCommand, plainCall, ready } from './command.ts';

export const insert = defineCommand(object({ do: choice(['insert']), client, ...operationEntries.insert }))({
  needs: ['writes'],
  say: (command) => `${command.client} ${sayOperation(command)}`,
  swarm: { weight: 80, weightInGroup: 6, family: null, isIndispensable: true, isSequential: true },
  suits: (_, forecast) => (forecast.rows.size < 2 ? 20 : 10),
  /** Some on ids that live already; some such that they meet a live filter. */
  generate: (drawing, of) => {
    const { chance, cast, forecast } = drawing;
    const collection = drawCollection(drawing);
    const ids = idsOfCollection(collection);
    const free = ids.filter((id) => !forecast.rows.has(`${collection}/${id}`));
    const row = drawRow(chance, cast, collection, chance.pick(free.length > 0 && chance.percent(70) ? free : ids));
    const met = chance.percent(50) ? drawMeeting(chance, collection, liveQueries(forecast)) : undefined;
    const drawn = met === undefined ? row : { ...row, [met[0]]: met[1] };
    return { do: 'insert', client: of.name, collection, row: fitRow(drawing, of, collection, drawn) };
  },
  apply: (forecast, of, command) => writeOf(forecast, of, [command]),
  *shrink(command) {
    for (const row of plainerRows(command.row)) yield { ...command, row };
  },
  oddity: oddityOfOperation,
  names: noNames,
  parts: { tokens: null, query: null, operations: changedWrite },
  prepare: ({ call, gifts, nextPromise, reports }, process, { collection, row }) =>
    ready(() => {
      watchEntity(process, reports, collection, row.id);
      return call(process, { do: 'insert', promise: nextPromise(), collection, row }, () =>
        process.client.insert(collection, gifts.copy(row)),
      );
    }),
  call: {
    ...plainCall,
    isStored: true,
    say: ({ collection, row, promise }) => ({
      brief: ` ${collection}/${row.id}`,
      exact: ` ${collection}/${sayRowExactly(row)}`,
      details: { row: `${collection}/${sayRow(row)}`, promise },
    }),
  },
});
