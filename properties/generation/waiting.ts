/** Which label is worth holding now, what waits behind those that are held, and how much time to let pass. */

import { tasksPerAdvanceMost } from '../language/advances.ts';
import {
  append,
  closingTimerOf,
  expiryTimerOf,
  heartbeatTimerOf,
  keySetFetch,
  load,
  openingOf,
  reconnectTimerOf,
  refreshHandlerOf,
  refreshTimerOf,
  serverHeartbeatTimerOf,
  storeOf,
  toClient,
  toServer,
  verifyOf,
} from '../language/labels.ts';
import { sum } from '../language/lists.ts';
import type { Drawing } from './context.ts';
import { either, mostTasksOf } from './state/busy.ts';
import { type ClientForecast, type Forecast, isConnected } from './state/state.ts';
import { costOfWaiting, momentsAhead } from './state/time.ts';

type Weighed = readonly (readonly [weight: number, label: string])[];

/** Labels that are not held and whose hold would sooner or later keep something back. */
export function usefulHolds({ forecast, profile }: Drawing): Weighed {
  const restarts = profile.families.includes('crashes') || profile.families.includes('storage');
  const ofServer: Weighed = [
    [restarts ? 3 : 0, load],
    [forecast.clients.some(isConnected) ? 14 : 1, append],
    [forecast.keys === null ? 0 : 3, keySetFetch],
  ];
  const all = [...ofServer, ...forecast.clients.flatMap(holdsOfClient)];
  return all.filter(([weight, label]) => weight > 0 && !forecast.held.has(label));
}

function holdsOfClient(client: ClientForecast): Weighed {
  const { name, session } = client;
  const connected = isConnected(client);
  const refreshes = session !== undefined && session.refresh !== null;
  return [
    [connected ? 7 : 0, toServer(name)],
    [connected ? 9 : 0, toClient(name)],
    [connected ? 2 : 4, openingOf(name)],
    [refreshes ? 6 : 0, refreshHandlerOf(name)],
    [3, storeOf(name)],
    [session === undefined ? 1 : 4, verifyOf(name)],
    [refreshes ? 2 : 0, refreshTimerOf(name)],
    [client.stage === 'waiting' ? 4 : 1, reconnectTimerOf(name)],
    [connected ? 1 : 0, heartbeatTimerOf(name)],
    [client.stage === 'closing' ? 4 : 0, closingTimerOf(name)],
    [client.expiryDueMs === null ? 0 : 3, expiryTimerOf(name)],
    [connected ? 1 : 0, serverHeartbeatTimerOf(name)],
  ];
}

/** The held labels, those first behind which something waits. */
export function drawReleased({ chance, forecast }: Drawing): string {
  return chance.weighted([...forecast.held].map(([label, { queue }]) => [queue.length > 0 ? 5 : 1, label]));
}

export function labelsWaiting(forecast: Forecast): readonly string[] {
  return [...forecast.held].filter(([, { queue }]) => queue.length > 0).map(([label]) => label);
}

export function isWaiting(forecast: Forecast, label: string): boolean {
  return (forecast.held.get(label)?.queue.length ?? 0) > 0;
}

/** More tasks of the world than this are not worth one step of waiting. */
const dearest = 60;

export function drawAdvanceMs({ chance, forecast }: Drawing): number {
  const moments = momentsAhead(forecast).filter((moment) => moment - forecast.nowMs <= 3_600_000);
  if (moments.length > 0 && chance.percent(50)) {
    const moment = chance.percent(60) ? (moments[0] ?? 0) : chance.pick(moments);
    return Math.max(1, moment - forecast.nowMs + chance.pick([-100, -1, 0, 0, 1, 1, 100]));
  }
  return chance.weighted([
    [1, () => chance.pick([120_000, 300_000, 600_000])],
    [2, () => chance.pick([30_000, 31_000, 45_000, 60_000, 100_000])],
    [forecast.clients.some(({ asleep }) => asleep) ? 6 : 0, () => chance.pick([60_000, 105_000, 3_600_000, 43_200_000])],
    [1, () => (isAtRest(forecast) && chance.percent(40) ? 2 ** 31 + chance.pick([0, 1000, 3_600_000]) : 5000)],
    [20, () => chance.pick([100, 250, 500, 1000, 1000, 1500, 2000, 3000, 5000, 10_000])],
  ])();
}

/** Weeks may pass only where nothing beats, retries or refreshes, whatever the forecast believes of it. */
function isAtRest(forecast: Forecast): boolean {
  return costOfWaiting(forecast, 2 ** 31) === 0 && mostTasks(forecast, 2 ** 31) === 0;
}

/** No longer than is worth it, and never so long that it would be cut. */
export function affordable(forecast: Forecast, ms: number): number {
  const isDear = (waitMs: number) => costOfWaiting(forecast, waitMs) > dearest || !isBearable(forecast, waitMs);
  let affordableMs = ms;
  while (affordableMs > 1000 && isDear(affordableMs)) affordableMs = Math.floor(affordableMs / 2000) * 1000;
  return Math.max(1, affordableMs);
}

/** Whether so long an advance surely comes to its end. */
export function isBearable(forecast: Forecast, ms: number): boolean {
  return mostTasks(forecast, ms) < tasksPerAdvanceMost;
}

/** What the script says alone: the forecast may be wrong about who is idle. */
function mostTasks({ clients }: Forecast, ms: number): number {
  return sum(clients, ({ busy, armed, asleep }) => (asleep ? 0 : mostTasksOf(either(busy, armed), ms)));
}
