/** Transactions of two to four operations: same row twice, two collections, one that is forbidden among good ones (W4). */

import type { TransactionOperation } from '../../model/actions.ts';
import type { Row } from '../../vocabulary/values.ts';
import { idsOfCollection } from './cast.ts';
import { type Drawing, drawCollection, type Held, heldRows, liveQueries } from './context.ts';
import { drawFittingRow, fitChanges } from './fitting.ts';
import { drawChanges } from './rows.ts';
import type { ClientForecast } from './state/state.ts';

export function drawOperations(drawing: Drawing, client: ClientForecast): readonly TransactionOperation[] {
  const { chance } = drawing;
  const held = heldRows(drawing.forecast, client);
  switch (chance.integer(1, 12)) {
    case 1:
    case 2: {
      const first = drawInsert(drawing, client, drawCollection(drawing));
      return [first, ofRow(drawing, client, heldOf(first)), ...drawMore(drawing, client, held, 1)];
    }
    case 3:
    case 4:
      return [drawInsert(drawing, client, 'todos'), drawInsert(drawing, client, 'notes')];
    case 5:
    case 6: {
      if (held.length === 0) break;
      const row = chance.pick(held);
      return [updateOf(drawing, client, row), ofRow(drawing, client, row), ...drawMore(drawing, client, held, 1)];
    }
    case 7:
    case 8: {
      const good = drawMore(drawing, client, held, chance.integer(1, 2));
      return chance.shuffled([drawForbidden(drawing, client, held), ...good]);
    }
    case 9:
      return [drawInsert(drawing, client, 'todos'), { do: 'update', collection: 'todos', id: 'nothing', changes: { done: true } }];
    case 10:
      return chance.percent(30) ? [] : drawMore(drawing, client, held, 1);
    default:
      break;
  }
  return drawMore(drawing, client, held, chance.integer(2, 4));
}

function drawMore(drawing: Drawing, client: ClientForecast, held: readonly Held[], most: number): readonly TransactionOperation[] {
  const { chance } = drawing;
  return Array.from({ length: most }, () =>
    held.length > 0 && chance.percent(55)
      ? ofRow(drawing, client, chance.pick(held))
      : drawInsert(drawing, client, drawCollection(drawing)),
  );
}

function drawInsert(drawing: Drawing, client: ClientForecast, collection: string): Extract<TransactionOperation, { do: 'insert' }> {
  const id = drawing.chance.pick(idsOfCollection(collection));
  return { do: 'insert', collection, row: drawFittingRow(drawing, client, collection, id) };
}

function heldOf({ collection, row }: { readonly collection: string; readonly row: Row }): Held {
  return { collection, id: row.id, row };
}

function ofRow(drawing: Drawing, client: ClientForecast, row: Held): TransactionOperation {
  const { collection, id } = row;
  return drawing.chance.percent(70) ? updateOf(drawing, client, row) : { do: 'delete', collection, id };
}

function updateOf(drawing: Drawing, client: ClientForecast, { collection, id }: Held): TransactionOperation {
  const changes = drawChanges(drawing.chance, drawing.cast, collection, liveQueries(drawing.forecast));
  return { do: 'update', collection, id, changes: fitChanges(drawing, client, collection, changes) };
}

/** Ill-typed, or somebody else's. Without a schema nothing is forbidden. */
function drawForbidden({ chance }: Drawing, client: ClientForecast, held: readonly Held[]): TransactionOperation {
  const todos = held.filter(({ collection }) => collection === 'todos');
  const other = client.session?.token.spec.user === 'ben' ? 'ann' : 'ben';
  if (todos.length > 0 && chance.percent(50)) {
    const changes = chance.pick([{ done: 'perhaps' }, { assignee: other }, { text: null }]);
    return { do: 'update', collection: 'todos', id: chance.pick(todos).id, changes };
  }
  const row: Row = { id: chance.pick(idsOfCollection('todos')), text: 'forbidden', done: chance.pick([7, true]), assignee: other };
  return { do: 'insert', collection: 'todos', row };
}
