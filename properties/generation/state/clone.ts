/** A second forecast that goes its own way: what may change is copied, what never does is shared. */
import type { ClientForecast, Forecast, Hold, KeyForecast, SessionForecast } from './state.ts';

export function cloneForecast(forecast: Forecast): Forecast {
  const held = [...forecast.held].map(([label, hold]): [string, Hold] => [label, { ...hold, queue: [...hold.queue] }]);
  return {
    ...forecast,
    agenda: [...forecast.agenda],
    clients: forecast.clients.map(cloneClient),
    keys: forecast.keys === null ? null : cloneKeys(forecast.keys),
    held: new Map(held),
    copies: new Map(forecast.copies),
    logCopies: new Map(forecast.logCopies),
    rows: new Map(forecast.rows),
    applied: new Set(forecast.applied),
    rejected: new Set(forecast.rejected),
    known: new Set(forecast.known),
    told: new Set(forecast.told),
    space: { ...forecast.space },
  };
}

function cloneKeys(keys: KeyForecast): KeyForecast {
  const { fetching } = keys;
  return { ...keys, fetching: fetching === null ? null : { ...fetching, waiting: [...fetching.waiting] } };
}

function cloneClient(client: ClientForecast): ClientForecast {
  return {
    ...client,
    session: client.session === undefined ? undefined : cloneSession(client.session),
    outbox: [...client.outbox],
    slept: [...client.slept],
    subscriptions: client.subscriptions.map((subscription) => ({ ...subscription })),
    callbacks: [...client.callbacks],
  };
}

function cloneSession(session: SessionForecast): SessionForecast {
  return { ...session, waiting: [...session.waiting], updating: [...session.updating] };
}
