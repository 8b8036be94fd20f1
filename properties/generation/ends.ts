/** Limits and cursors for queries, small enough to bite, from values in use (Q2). */

import { entryOf } from '../../model/entry-of.ts';
import type { Cursor, Query } from '../../vocabulary/queries.ts';
import type { Row, Scalar, Value } from '../../vocabulary/values.ts';
import { isList } from '../language/query-shape.ts';
import { idsOfCollection } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Forecast } from './state/state.ts';

/** Mostly in an order that says which rows come first. */
export function withEnds(chance: Chance, forecast: Forecast, query: Query): Query {
  const limit = [undefined, 0, 1, 2, 3, 4][chance.place(2, 1, 8, 8, 5, 3)];
  const order: Query['order'] =
    query.order.length > 0 || chance.percent(35)
      ? query.order
      : [[chance.pick(['done', 'text', 'assignee']), chance.pick(['ASC', 'DESC'])]];
  const after = limit === undefined || chance.percent(30) ? drawCursor(chance, forecast, { ...query, order }) : undefined;
  return { ...query, order, ...(limit !== undefined && { limit }), ...(after !== undefined && { after }) };
}

/** The place of a row that is there, or beside it. */
function drawCursor(chance: Chance, forecast: Forecast, { collection, order }: Query): Cursor {
  const rows = [...forecast.rows.values()].filter((stored) => stored.collection === collection);
  const row: Row = rows.length > 0 ? chance.pick(rows).row : { id: chance.pick(idsOfCollection(collection)), done: false };
  const values = order.map(([attribute]) => (chance.percent(10) ? null : scalarOf(entryOf(row, attribute))));
  return { values, id: chance.percent(80) ? row.id : chance.pick(idsOfCollection(collection)) };
}

function scalarOf(value: Value | undefined): Scalar {
  if (value === undefined || value === null) return null;
  return isList(value) ? (value[0] ?? null) : value;
}

/** Another end by one, or none. */
export function otherEnd(chance: Chance, { limit, after, ...whole }: Query): Query {
  if (after !== undefined && chance.percent(50)) return limit === undefined ? whole : { ...whole, limit };
  const other = limit === undefined ? 2 : Math.max(0, limit + chance.pick([-1, 1]));
  return after === undefined ? { ...whole, limit: other } : { ...whole, limit: other, after };
}
