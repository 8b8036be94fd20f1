/** What a step does to the forecast. The only door for the generator: `initialForecast`, then `foresee` step by step. */

import { lose } from '../generation/state/client.ts';
import { complete, sendToClient, sendToServer } from '../generation/state/route.ts';
import { restartServer } from '../generation/state/server.ts';
import { restartClient, runCommand } from '../generation/state/session.ts';
import { settle } from '../generation/state/settle.ts';
import { type ClientForecast, clientOf, type Forecast, isConnected } from '../generation/state/state.ts';
import { advance } from '../generation/state/time.ts';
import { append, toClient, toServer } from '../language/labels.ts';
import type { Step } from '../scripts/script.ts';

export { type Forecast, initialForecast } from '../generation/state/state.ts';

export function foresee(forecast: Forecast, step: Step): void {
  change(forecast, step);
  settle(forecast);
}

function change(forecast: Forecast, step: Step): void {
  switch (step.do) {
    case 'together':
      for (const command of step.commands) runCommand(forecast, command);
      return;
    case 'inCallback':
      clientOf(forecast, step.client)?.callbacks.push({ callback: step.callback, command: step.command });
      return;
    case 'hold':
      forecast.held.set(step.label, { connection: connectionOf(forecast, step.label), queue: [] });
      return;
    case 'release':
      forecast.agenda.push(...(forecast.held.get(step.label)?.queue ?? []));
      forecast.held.delete(step.label);
      return;
    case 'deliver':
      forecast.agenda.push(...(forecast.held.get(step.label)?.queue.splice(0, step.count) ?? []));
      return;
    case 'advance':
      advance(forecast, step.ms);
      return;
    case 'cut':
    case 'refuseConnections':
    case 'acceptConnections': {
      const client = clientOf(forecast, step.client);
      if (client !== undefined) disturb(forecast, client, step);
      return;
    }
    case 'jumpWallClock': {
      const client = clientOf(forecast, step.process);
      if (client !== undefined) client.wallAheadMs += step.byMs;
      else forecast.serverWallAheadMs += step.byMs;
      return;
    }
    case 'rotateKeys':
      if (forecast.keySet) forecast.key += 1;
      return;
    case 'pushSchema':
      if (forecast.up) complete(forecast, append, { what: 'push', schema: step.schema });
      return;
    case 'restartServer':
      restartServer(forecast, step);
      return;
    case 'restartClient':
    case 'inject': {
      const client = clientOf(forecast, step.client);
      if (client === undefined) return;
      if (step.do === 'restartClient') restartClient(forecast, client, step.keepsTail);
      else inject(forecast, client, step.to);
      return;
    }
    case 'failStorage': {
      const client = clientOf(forecast, step.process);
      if (client !== undefined) client.storageFails = true;
      else forecast.failing = { keepsTail: step.keepsTail };
      return;
    }
    case 'stranger':
      return;
    default:
      runCommand(forecast, step);
  }
}

/** Null for completions and timers: a hold of those concerns whatever comes. */
function connectionOf(forecast: Forecast, label: string): number | null {
  const client = forecast.clients.find(({ name }) => toServer(name) === label || toClient(name) === label);
  return client === undefined ? null : client.connection;
}

function disturb(
  forecast: Forecast,
  client: ClientForecast,
  step: Extract<Step, { do: 'cut' | 'refuseConnections' | 'acceptConnections' }>,
): void {
  if (step.do !== 'cut') {
    client.refused = step.do === 'refuseConnections';
    return;
  }
  if (!isConnected(client)) return;
  if (step.how === 'halfOpen') {
    client.halfOpen = true;
    for (const hold of linksHeld(forecast, client)) hold.queue.length = 0;
    return;
  }
  if (step.how === 'abrupt') for (const hold of linksHeld(forecast, client)) hold.queue.length = 0;
  if (client.halfOpen) lose(forecast, client);
  else sendToClient(forecast, client, { what: 'lost', client: client.name, connection: client.connection });
}

function inject(forecast: Forecast, client: ClientForecast, to: 'server' | 'client'): void {
  const { name, connection } = client;
  if (to === 'server') sendToServer(forecast, client, { what: 'nonsense', client: name, connection });
  else sendToClient(forecast, client, { what: 'babble', client: name, connection });
}

function linksHeld(forecast: Forecast, client: ClientForecast) {
  return [toServer(client.name), toClient(client.name)].flatMap((label) => {
    const hold = forecast.held.get(label);
    return hold !== undefined && hold.connection === client.connection ? [hold] : [];
  });
}
