/** Crashes, failing storage, nonsense and strangers: mostly while something is under way, since then they matter. */
import type { Nonsense } from '../../model/actions.ts';
import { append, storeOf } from '../language/labels.ts';
import { nonsenses, strangerWords } from '../scripts/parse-steps.ts';
import type { Step } from '../scripts/script.ts';
import { type Drawing, liveSubscriptions, type StepDraw } from './context.ts';
import type { ClientForecast, Forecast } from './state/state.ts';

type FaultKind = 'restartServer' | 'restartClient' | 'failStorage' | 'inject' | 'stranger';

export const faultDraws: Readonly<Record<FaultKind, StepDraw>> = {
  restartServer: {
    suits: ({ forecast }) => (forecast.up ? (isWaiting(forecast, append) ? 40 : 10) : 2),
    draw: ({ chance }) => ({ do: 'restartServer', how: chance.percent(65) ? 'crash' : 'graceful', keepsTail: chance.percent(50) }),
  },
  restartClient: {
    suits: ({ forecast }) => Math.max(...forecast.clients.map((client) => worthRestarting(forecast, client))),
    draw: ({ chance, forecast }) => {
      const client = chance.weighted(
        forecast.clients.map((candidate): [number, ClientForecast] => [worthRestarting(forecast, candidate), candidate]),
      );
      return { do: 'restartClient', client: client.name, keepsTail: chance.percent(50) };
    },
  },
  failStorage: {
    suits: ({ forecast }) => (processesToFail(forecast).length === 0 ? 0 : isWaiting(forecast, append) ? 30 : 10),
    draw: ({ chance, forecast }) => {
      const process = chance.pick(processesToFail(forecast));
      return { do: 'failStorage', process, keepsTail: process === 'server' && chance.percent(50) };
    },
  },
  inject: {
    suits: ({ forecast }) => (forecast.clients.some(isCuttable) ? 10 : 0),
    draw: drawInjection,
  },
  stranger: {
    suits: ({ forecast }) => (forecast.up ? 10 : 0),
    draw: ({ chance }) => ({ do: 'stranger', says: chance.pick(strangerWords) }),
  },
};

/** Open at both ends, and carrying. */
export function isCuttable(client: ClientForecast): boolean {
  return (client.stage === 'greeting' || client.stage === 'open') && !client.halfOpen;
}

function isWaiting(forecast: Forecast, label: string): boolean {
  return (forecast.held.get(label)?.queue.length ?? 0) > 0;
}

/** One that has done nothing yet has nothing to lose. */
function worthRestarting(forecast: Forecast, client: ClientForecast): number {
  if (isWaiting(forecast, storeOf(client.name)) || client.outbox.length > 0) return 30;
  return client.session === undefined && client.subscriptions.length === 0 ? 1 : 8;
}

function processesToFail(forecast: Forecast): readonly string[] {
  const clients = forecast.clients.filter(({ storageFails }) => !storageFails).map(({ name }) => name);
  return forecast.failing === null ? ['server', 'server', ...clients] : clients;
}

/** What a client may be told without its meaning something. */
const toClients: readonly Nonsense[] = ['notJson', 'notAFrame', 'unknownType', 'missingField'];

function drawInjection({ chance, forecast }: Drawing): Step {
  const client = chance.pick(forecast.clients.filter(isCuttable));
  const to = chance.percent(70) ? 'server' : 'client';
  return { do: 'inject', client: client.name, to, nonsense: chance.pick(to === 'client' ? toClients : toServers(client)) };
}

/** A name can be taken twice only where one is taken. */
function toServers(client: ClientForecast): readonly Nonsense[] {
  const named = client.stage === 'open' && liveSubscriptions(client).length > 0;
  return nonsenses.filter((nonsense) => named || nonsense !== 'subscribedTwice');
}
