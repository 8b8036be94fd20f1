/** What a command does in the forecast. */
import type { CommandStep, RefreshSpec, TokenSpec } from '../script.ts';
import { ask, attempt, leave, setStage, store, updateToken } from './client.ts';
import { fire, sendToServer } from './route.ts';
import {
  type ClientForecast,
  clientOf,
  type Forecast,
  isConnected,
  isExpired,
  type MintedToken,
  mint,
  type SessionForecast,
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
      write(forecast, client, command);
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

function write(forecast: Forecast, client: ClientForecast, command: Extract<CommandStep, { do: 'insert' | 'update' | 'delete' }>): void {
  forecast.writes += 1;
  const { collection } = command;
  const number = forecast.writes;
  if (command.do === 'insert') store(forecast, client, { number, do: 'insert', collection, id: command.row.id, row: command.row });
  if (command.do === 'update') store(forecast, client, { number, do: 'update', collection, id: command.id, changes: command.changes });
  if (command.do === 'delete') store(forecast, client, { number, do: 'delete', collection, id: command.id });
}
