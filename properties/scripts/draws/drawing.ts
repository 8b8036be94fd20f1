/** What every draw has in hand: chance, the run's profile and cast, and the forecast of the run so far. */
import type { Query, Row } from '../../../model/query.ts';
import type { Chance } from '../chance.ts';
import { matchesQuery } from '../forecast/matches.ts';
import type { ClientForecast, Forecast, SubscriptionForecast } from '../forecast/state.ts';
import type { Profile } from '../swarm.ts';
import type { Cast } from './cast.ts';
import { drawQuery } from './filters.ts';
import { nearMiss, respell } from './respell.ts';

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
  if (earlier.length === 0 || !chance.percent(profile.alike)) return drawQuery(chance, cast, drawCollection(drawing));
  const query = chance.pick(earlier);
  switch (chance.integer(1, 10)) {
    case 1:
    case 2:
      return query;
    case 3:
    case 4:
    case 5:
      return nearMiss(chance, query);
    default:
      return respell(chance, query);
  }
}

export function earlierQueries(forecast: Forecast): readonly Query[] {
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
  const queries = liveSubscriptions(client).map(({ query }) => query);
  const held = new Map<string, Held>();
  for (const [key, { collection, row }] of forecast.rows) {
    const shown = queries.some((query) => query.collection === collection && matchesQuery(row, query));
    if (shown) held.set(key, { collection, id: row.id, row });
  }
  for (const write of client.outbox) {
    const key = `${write.collection}/${write.id}`;
    if (write.do === 'insert') held.set(key, { collection: write.collection, id: write.id, row: write.row });
    if (write.do === 'delete') held.delete(key);
  }
  return [...held.values()];
}

/** Whether `heldRows` would find any; asked at every step. */
export function holdsRows(forecast: Forecast, client: ClientForecast): boolean {
  if (client.outbox.some((write) => write.do === 'insert')) return true;
  const live = client.subscriptions.filter((subscription) => subscription.live);
  if (live.length === 0) return false;
  for (const { collection, row } of forecast.rows.values()) {
    if (live.some(({ query }) => query.collection === collection && matchesQuery(row, query))) return true;
  }
  return false;
}
