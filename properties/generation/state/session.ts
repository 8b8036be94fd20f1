/** What a command does in the forecast. */
import { clientOfLabel, storeOf } from '../../language/labels.ts';
import type { CommandStep, RefreshSpec, TokenSpec } from '../../scripts/script.ts';
import { ask, attempt, leave, setStage, store, updateToken } from './client.ts';
import { complete, fire, sendToServer } from './route.ts';
import { forget } from './server.ts';
import {
  type ClientForecast,
  clientOf,
  type Forecast,
  isConnected,
  isExpired,
  type MintedToken,
  mint,
  type SessionForecast,
  type Write,
} from './state.ts';

export function runCommand(forecast: Forecast, command: CommandStep): void {
  const client = clientOf(forecast, command.client);
  if (client === undefined) return;
  switch (command.do) {
    case 'startSession':
      startSession(forecast, client, command);
      return;
    case 'updateSessionToken': {
      const token = tokenOf(forecast, client, command.token);
      if (token !== undefined) updateToken(forecast, client, token);
      return;
    }
    case 'endSession':
      leave(forecast, client, 'none');
      client.session = undefined;
      return;
    case 'connect':
      if (client.session === undefined || isConnected(client)) return;
      client.session.wanted = true;
      attempt(forecast, client);
      return;
    case 'disconnect':
      if (client.session === undefined) return;
      client.session.wanted = false;
      leave(forecast, client, 'closing');
      return;
    case 'subscribe':
      client.subscriptions.push({ name: command.subscription, query: command.query, live: true });
      fire(forecast, client, 'results');
      if (client.stage === 'open')
        sendToServer(forecast, client, { what: 'subscribe', client: client.name, connection: client.connection });
      return;
    case 'unsubscribe':
      for (const subscription of client.subscriptions) if (subscription.name === command.subscription) subscription.live = false;
      return;
    case 'insert':
    case 'update':
    case 'delete':
      write(forecast, client, [command]);
      return;
    case 'transact':
      if (command.operations.length > 0) write(forecast, client, command.operations);
      return;
    case 'clear':
      clear(forecast, client);
  }
}

function tokenOf(forecast: Forecast, client: ClientForecast, spec: TokenSpec): MintedToken | undefined {
  return spec.kind === 'current' ? client.session?.token : mint(forecast, spec);
}

function startSession(forecast: Forecast, client: ClientForecast, command: Extract<CommandStep, { do: 'startSession' }>): void {
  const before = client.session;
  const token = tokenOf(forecast, client, command.token);
  if (token === undefined) return;
  const kept = command.token.kind === 'current' && before !== undefined && before.updating.length + before.waiting.length === 0;
  if (!kept && isConnected(client)) leave(forecast, client, 'closed');
  if (!kept) client.failures = 0;
  const session = newSession(forecast, client, token, command.connect, command.refresh);
  if (kept && isConnected(client)) {
    if (!command.connect) leave(forecast, client, 'closing');
    return;
  }
  begin(forecast, client, session, command.connect);
}

/** The refresh schedule starts anew even under the same token, so the old handler's answer must find another session. */
function newSession(
  forecast: Forecast,
  client: ClientForecast,
  token: MintedToken,
  wanted: boolean,
  refresh: RefreshSpec | null,
): SessionForecast {
  forecast.sessions += 1;
  const session: SessionForecast = {
    number: forecast.sessions,
    token,
    wanted,
    refresh,
    calls: 0,
    asking: false,
    refreshDueMs:
      refresh?.intervalMs === undefined || refresh.intervalMs === null ? null : forecast.nowMs + Math.max(1000, refresh.intervalMs),
    waiting: [],
    updating: [],
  };
  client.session = session;
  return session;
}

function begin(forecast: Forecast, client: ClientForecast, session: SessionForecast, connect: boolean): void {
  const asksFirst = session.refresh !== null && isExpired(session.token, forecast.nowMs, client.wallAheadMs);
  if (connect && !asksFirst) {
    attempt(forecast, client);
    return;
  }
  setStage(forecast, client, 'closed');
  client.retryDueMs = null;
  if (asksFirst) ask(forecast, client, session);
}

function write(forecast: Forecast, client: ClientForecast, operations: Write['operations']): void {
  forecast.writes += 1;
  store(forecast, client, { number: forecast.writes, operations });
}

/** What was on its way to the store is discarded; a live connection is left for one of the fresh client id (K1). */
function clear(forecast: Forecast, client: ClientForecast): void {
  client.epoch += 1;
  client.outbox.length = 0;
  complete(forecast, storeOf(client.name), { what: 'cleared', client: client.name });
  fire(forecast, client, 'results');
  if (!isConnected(client)) return;
  leave(forecast, client, 'closed');
  attempt(forecast, client);
}

/** Store and outbox stay, with what was being stored if it turns out done; session, subscriptions and callbacks go (K2). */
export function restartClient(forecast: Forecast, client: ClientForecast, keepsTail: boolean): void {
  const underWay = forecast.held.get(storeOf(client.name))?.queue[0];
  if (keepsTail && underWay?.what === 'stored' && underWay.epoch === client.epoch) client.outbox.push(underWay.write);
  for (const [label, hold] of forecast.held) if (clientOfLabel(label) === client.name) hold.queue.length = 0;
  forget(client);
  client.session = undefined;
  client.stage = 'none';
  client.connection = 0;
  client.halfOpen = false;
  client.failures = 0;
  client.retryDueMs = null;
  client.beatDueMs = null;
  client.closingDueMs = null;
  client.subscriptions.length = 0;
  client.callbacks.length = 0;
}
