/** Where a happening goes: onto the agenda, or into the queue of the hold on its label. */

import type { CallbackKind } from '../../language/callbacks.ts';
import { toClient, toServer } from '../../language/labels.ts';
import {
  type ClientForecast,
  type ConnectionHappening,
  clientOf,
  type Forecast,
  type Happening,
  type Hold,
  type ServerHappening,
} from './state.ts';

/** A completion or a timer that is due. */
export function complete(forecast: Forecast, label: string, happening: Happening): void {
  const hold = forecast.held.get(label);
  (hold === undefined ? forecast.agenda : hold.queue).push(happening);
}

export function sendToServer(forecast: Forecast, client: ClientForecast, happening: ServerHappening): void {
  travel(forecast, client, toServer(client.name), happening);
}

export function sendToClient(forecast: Forecast, client: ClientForecast, happening: ConnectionHappening): void {
  travel(forecast, client, toClient(client.name), happening);
}

function travel(forecast: Forecast, client: ClientForecast, label: string, happening: Happening): void {
  if (client.halfOpen) return;
  const hold = forecast.held.get(label);
  (hold !== undefined && hold.connection === client.connection ? hold.queue : forecast.agenda).push(happening);
}

/** The client, where the happening still concerns its newest connection. */
export function current(forecast: Forecast, name: string, connection: number): ClientForecast | undefined {
  const client = clientOf(forecast, name);
  return client !== undefined && client.connection === connection ? client : undefined;
}

/** Where a command waits for this callback, it runs. */
export function fire(forecast: Forecast, client: ClientForecast, callback: CallbackKind): void {
  const place = client.callbacks.findIndex((waiting) => waiting.callback === callback);
  const [waiting] = place < 0 ? [] : client.callbacks.splice(place, 1);
  if (waiting !== undefined) forecast.agenda.push({ what: 'call', call: waiting.call });
}

/** Open at both ends, and carrying. */
export function isCuttable(client: ClientForecast): boolean {
  return (client.stage === 'greeting' || client.stage === 'open') && !client.halfOpen;
}

/** The holds on the links of the newest connection. */
export function linksHeld(forecast: Forecast, client: ClientForecast): readonly Hold[] {
  return [toServer(client.name), toClient(client.name)].flatMap((label) => {
    const hold = forecast.held.get(label);
    return hold !== undefined && hold.connection === client.connection ? [hold] : [];
  });
}
