/** Where a happening goes: onto the agenda, or into the queue of the hold on its label. */

import type { CallbackKind } from '../../language/callbacks.ts';
import { toClient, toServer } from '../../language/labels.ts';
import { type ClientForecast, clientOf, type Forecast, type Happening, type Hold, isConnected, type OnConnection } from './state.ts';

/** A completion or a timer that is due. */
export function complete(forecast: Forecast, label: string, happening: Happening): void {
  const hold = forecast.held.get(label);
  (hold?.queue ?? sleeperOf(forecast, label)?.slept ?? forecast.agenda).push(happening);
}

/** What bears the label happens at a client that sleeps. */
function sleeperOf({ clients }: Forecast, label: string): ClientForecast | undefined {
  return clients.find(({ name, asleep }) => asleep && (label.startsWith(`${name} `) || label === toClient(name)));
}

export function sendToServer(forecast: Forecast, client: ClientForecast, arrive: OnConnection): void {
  travel(forecast, client, toServer(client.name), arrive);
}

/** A client that has left the connection hears nothing. */
export function sendToClient(forecast: Forecast, client: ClientForecast, hear: OnConnection): void {
  travel(forecast, client, toClient(client.name), (later, of) => {
    of.heard = true;
    if (isConnected(of)) hear(later, of);
  });
}

/** The connection ends, behind what is on its way to the client. */
export function breakOff(forecast: Forecast, client: ClientForecast): void {
  travel(forecast, client, toClient(client.name), (later, of) => of.listener?.lost(later, of));
}

function travel(forecast: Forecast, client: ClientForecast, label: string, act: OnConnection): void {
  if (client.halfOpen) return;
  const hold = forecast.held.get(label);
  const queue = hold !== undefined && hold.connection === client.connection ? hold.queue : sleeperOf(forecast, label)?.slept;
  (queue ?? forecast.agenda).push(onConnection(client, act));
}

/** Happens where the connection is still the client's newest. */
export function onConnection({ name, connection }: ClientForecast, act: OnConnection): Happening {
  return {
    happen: (later) => {
      const client = current(later, name, connection);
      if (client !== undefined) act(later, client);
    },
  };
}

export function current(forecast: Forecast, name: string, connection: number): ClientForecast | undefined {
  const client = clientOf(forecast, name);
  return client?.connection === connection ? client : undefined;
}

/** Where a command waits for this callback, it runs. */
export function fire(forecast: Forecast, client: ClientForecast, callback: CallbackKind): void {
  const place = client.callbacks.findIndex((waiting) => waiting.callback === callback);
  const [waiting] = place < 0 ? [] : client.callbacks.splice(place, 1);
  if (waiting !== undefined) forecast.agenda.push({ happen: waiting.call });
}

/** Open at both ends, and carrying. */
export function isCuttable(client: ClientForecast): boolean {
  return (client.stage === 'greeting' || client.stage === 'open') && !client.halfOpen;
}

/** The holds on the links of the newest connection. */
export function linksHeld(forecast: Forecast, client: ClientForecast): readonly Hold[] {
  const holds = [toServer(client.name), toClient(client.name)].flatMap((label) => forecast.held.get(label) ?? []);
  return holds.filter(({ connection }) => connection === client.connection);
}
