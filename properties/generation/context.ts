/** What every draw has in hand: chance, the run's profile and cast, and the forecast of the run so far. */

import { resultOf } from '../../model/subscriptions/evaluate.ts';
import type { Query } from '../../vocabulary/queries.ts';
import type { Row } from '../../vocabulary/values.ts';
import { idOf } from '../language/operations.ts';
import { type Cast, idsOfCollection } from './cast.ts';
import type { Chance } from './chance.ts';
import { otherEnd, withEnds } from './ends.ts';
import { drawQuery } from './filters.ts';
import type { Profile } from './profile.ts';
import { nearMiss, respell } from './respell.ts';
import { maySee } from './state/access.ts';
import { matchesQuery } from './state/matches.ts';
import type { ClientForecast, Forecast, SubscriptionForecast } from './state/state.ts';
import { unfitted } from './unfitted.ts';

export interface Drawing {
  readonly chance: Chance;
  readonly profile: Profile;
  readonly cast: Cast;
  readonly forecast: Forecast;
  readonly names: { subscriptions: number };
}

export function drawCollection({ chance, profile }: Drawing): string {
  return chance.percent(profile.notes) ? 'notes' : 'todos';
}

/** Often an earlier query of the run again: as it was, spelt otherwise, or nearly. */
export function drawAnyQuery(drawing: Drawing): Query {
  const { chance, cast, profile } = drawing;
  const earlier = earlierQueries(drawing.forecast);
  const limited = profile.families.includes('limits');
  if (earlier.length === 0 || !chance.percent(profile.alike)) {
    const query = drawQuery(chance, cast, drawCollection(drawing));
    return limited && chance.percent(60) ? withEnds(chance, drawing.forecast, query) : query;
  }
  const query = chance.pick(earlier);
  if (limited && chance.percent(25)) return otherEnd(chance, query);
  return chance.weighted([
    [2, () => query],
    [3, () => nearMiss(chance, query)],
    [5, () => respell(chance, query)],
  ])();
}

/** What is asked for by itself may be no query; a pattern of several steps needs one that is taken. */
export function drawAskedQuery(drawing: Drawing): Query {
  const { chance, profile } = drawing;
  const query = drawAnyQuery(drawing);
  return profile.families.includes('unfit') && chance.percent(15) ? unfitted(chance, query) : query;
}

function earlierQueries(forecast: Forecast): readonly Query[] {
  return forecast.clients.flatMap((client) => client.subscriptions.map(({ query }) => query));
}

export function liveQueries(forecast: Forecast): readonly Query[] {
  return forecast.clients.flatMap((client) => liveSubscriptions(client).map(({ query }) => query));
}

export function liveSubscriptions(client: ClientForecast): readonly SubscriptionForecast[] {
  return client.subscriptions.filter(({ live }) => live);
}

/** Names count over the run, so that none is ever used twice. */
export function nextSubscription({ names }: Drawing): string {
  names.subscriptions += 1;
  return `q${names.subscriptions}`;
}

export interface Held {
  readonly collection: string;
  readonly id: string;
  readonly row: Row | undefined;
}

/** The rows that the client probably shows, and so may update and delete. */
export function heldRows(forecast: Forecast, client: ClientForecast): readonly Held[] {
  const held = new Map<string, Held>();
  for (const { query } of liveSubscriptions(client)) {
    const { collection } = query;
    for (const row of shownBy(forecast, client, query)) held.set(`${collection}/${row.id}`, { collection, id: row.id, row });
  }
  for (const operation of client.outbox.flatMap(({ operations }) => operations)) {
    const key = `${operation.collection}/${idOf(operation)}`;
    const { collection } = operation;
    if (operation.do === 'insert') held.set(key, { collection, id: operation.row.id, row: operation.row });
    if (operation.do === 'delete') held.delete(key);
  }
  return [...held.values()];
}

/** Cursors and limits are dear to reckon, and most queries have none. */
function shownBy(forecast: Forecast, client: ClientForecast, query: Query): readonly Row[] {
  const readable: Row[] = [];
  for (const { collection, row } of forecast.rows.values()) {
    const matched = collection === query.collection && matchesQuery(row, query);
    if (matched && maySee(forecast, client, collection, row)) readable.push(row);
  }
  return query.limit === undefined && query.after === undefined ? readable : resultOf(query, readable);
}

/** Whether `heldRows` would find any, cursors left out; asked at every step. */
export function holdsRows(forecast: Forecast, client: ClientForecast): boolean {
  if (client.outbox.some(({ operations }) => operations.some((operation) => operation.do === 'insert'))) return true;
  const live = client.subscriptions.filter((subscription) => subscription.live && subscription.query.limit !== 0);
  if (live.length === 0) return false;
  for (const { collection, row } of forecast.rows.values()) {
    const shown = live.some(({ query }) => query.collection === collection && matchesQuery(row, query));
    if (shown && maySee(forecast, client, collection, row)) return true;
  }
  return false;
}

/** Mostly a row that the client shows; now and then any, which is rejected locally. */
export function drawHeld(drawing: Drawing, client: ClientForecast): Pick<Held, 'collection' | 'id'> {
  const held = heldRows(drawing.forecast, client);
  if (held.length > 0 && drawing.chance.percent(93)) return drawing.chance.pick(held);
  const collection = drawCollection(drawing);
  return { collection, id: drawing.chance.pick(idsOfCollection(collection)) };
}
