/** Time in the forecast: what falls due while it passes, which moments are worth stopping at, and what waiting costs. */
import { closingTimerOf, expiryTimerOf, heartbeatTimerOf, reconnectTimerOf, refreshTimerOf } from '../../language/labels.ts';
import { ask, attempt, beat, inSession, setStage } from './client.ts';
import { fetchDueMs, giveFetchUp, momentsOfKeys } from './keys.ts';
import { complete, onConnection } from './route.ts';
import { expire, retryAppend } from './server.ts';
import { settle } from './settle.ts';
import { type ClientForecast, type Forecast, isConnected, type OnConnection } from './state.ts';

/** The timers of a connection: where the client keeps their time, and what they do. */
const timersOfConnection: readonly (readonly [
  due: 'retryDueMs' | 'beatDueMs' | 'closingDueMs' | 'expiryDueMs',
  labelOf: (client: string) => string,
  fire: OnConnection,
])[] = [
  ['retryDueMs', reconnectTimerOf, (forecast, client) => client.stage === 'waiting' && attempt(forecast, client)],
  ['beatDueMs', heartbeatTimerOf, beat],
  ['closingDueMs', closingTimerOf, (forecast, client) => client.stage === 'closing' && setStage(forecast, client, 'closed')],
  ['expiryDueMs', expiryTimerOf, expire],
];

interface Due {
  readonly atMs: number;
  /** A timer fires once. */
  fire(): void;
}

/** A forecast only guesses: after this many timers it jumps. */
const mostTimers = 100;

export function advance(forecast: Forecast, ms: number): void {
  const untilMs = forecast.nowMs + ms;
  for (let count = 0; count < mostTimers; count += 1) {
    const due = earliest(forecast, untilMs);
    if (due === undefined) break;
    forecast.nowMs = Math.max(forecast.nowMs, due.atMs);
    due.fire();
    settle(forecast);
  }
  forecast.nowMs = untilMs;
}

function earliest(forecast: Forecast, untilMs: number): Due | undefined {
  const dueMs = fetchDueMs(forecast);
  let first: Due | undefined = dueMs === null || dueMs > untilMs ? undefined : { atMs: dueMs, fire: () => giveFetchUp(forecast) };
  const retryMs = forecast.space.dueMs;
  if (retryMs !== null && retryMs <= untilMs && (first === undefined || retryMs < first.atMs))
    first = { atMs: retryMs, fire: () => retryAppend(forecast) };
  for (const client of forecast.clients) {
    for (const due of timersOf(forecast, client)) if (due.atMs <= untilMs && (first === undefined || due.atMs < first.atMs)) first = due;
  }
  return first;
}

function timersOf(forecast: Forecast, client: ClientForecast): readonly Due[] {
  const { name, session } = client;
  const timers = timersOfConnection.flatMap(([due, labelOf, act]): Due[] => {
    const atMs = client[due];
    const fire = (): void => {
      client[due] = null;
      complete(forecast, labelOf(name), onConnection(client, act));
    };
    return atMs === null ? [] : [{ atMs, fire }];
  });
  const atMs = session?.refreshDueMs ?? null;
  if (session === undefined || atMs === null) return timers;
  const fire = (): void => {
    session.refreshDueMs = null;
    complete(forecast, refreshTimerOf(name), inSession(client, session, ask));
  };
  return [...timers, { atMs, fire }];
}

/** The moments ahead at which something is known to be due, in monotonic milliseconds of the run. */
export function momentsAhead(forecast: Forecast): readonly number[] {
  const moments = forecast.clients.flatMap((client) => {
    const expiresAtMs = client.session?.token.expiresAtMs ?? null;
    return [
      client.retryDueMs,
      client.expiryDueMs,
      client.closingDueMs,
      isConnected(client) ? client.beatDueMs : null,
      client.session?.refreshDueMs ?? null,
      expiresAtMs,
      expiresAtMs === null ? null : expiresAtMs - client.wallAheadMs,
    ];
  });
  return [...new Set([...moments, forecast.space.dueMs, ...momentsOfKeys(forecast)])]
    .filter((moment): moment is number => moment !== null && moment > forecast.nowMs)
    .sort((a, b) => a - b);
}

/** About how many tasks of the world it takes to let that much time pass. */
export function costOfWaiting(forecast: Forecast, ms: number): number {
  return forecast.clients.reduce((sum, client) => sum + costOfClient(client, ms), 0);
}

function costOfClient(client: ClientForecast, ms: number): number {
  const { session, asleep } = client;
  if (session === undefined || asleep) return 0;
  const beats = isConnected(client) ? Math.floor(ms / 30_000) * 4 : 0;
  const attempts = client.stage === 'waiting' ? Math.floor(ms / 300_000) * 3 + 30 : 0;
  const calls = session.refresh === null ? 0 : Math.floor(ms / periodOf(session.refresh)) * 6;
  return beats + attempts + calls;
}

/** How often a handler is asked in the long run at most; short-lived answers without an interval are asked for every second. */
function periodOf(refresh: NonNullable<NonNullable<ClientForecast['session']>['refresh']>): number {
  const last = refresh.answers.at(-1);
  const lasts = last?.answer === 'token' && last.token.kind === 'fresh' && last.token.flaw === 'none' ? last.token.lifetimeMs : 0;
  return Math.max(1000, refresh.intervalMs ?? (lasts === null ? 1e12 : lasts - 1000));
}
