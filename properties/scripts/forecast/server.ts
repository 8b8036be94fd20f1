/** The server's part of the forecast: what it does with what reaches it. */
import { append, keySetFetch, verifyOf } from '../labels.ts';
import { complete, current, sendToClient } from './route.ts';
import {
  type ClientForecast,
  type ConnectionHappening,
  type Forecast,
  isExpired,
  type MintedToken,
  type ServerHappening,
  sameRoles,
  type Write,
} from './state.ts';

export function happenInServer(forecast: Forecast, happening: ServerHappening): void {
  if (happening.what === 'append') {
    appended(forecast, happening);
    return;
  }
  const client = current(forecast, happening.client, happening.connection);
  if (client === undefined) return;
  switch (happening.what) {
    case 'hello':
    case 'updateToken':
      fetchThenVerify(forecast, client, happening.token, happening.what === 'updateToken');
      return;
    case 'fetched':
      forecast.fetchedKey = forecast.key;
      verify(forecast, client, happening.token, happening.update);
      return;
    case 'verified':
      judge(forecast, client, happening.token, happening.update);
      return;
    case 'subscribe':
      sendData(forecast, client, { what: 'data', client: client.name, connection: client.connection });
      return;
    case 'write':
      if (client.accepted !== undefined && !expireIfDue(forecast, client)) complete(forecast, append, { ...happening, what: 'append' });
      return;
    case 'ping':
      sendToClient(forecast, client, { what: 'pong', client: client.name, connection: client.connection });
      return;
    case 'clientClose':
      forget(client);
      sendToClient(forecast, client, { what: 'lost', client: client.name, connection: client.connection });
      return;
    case 'expiry':
      if (!expireIfDue(forecast, client)) scheduleExpiry(forecast, client);
  }
}

function appended(forecast: Forecast, { client: name, connection, write }: Extract<ServerHappening, { what: 'write' | 'append' }>): void {
  if (!forecast.applied.has(write.number)) applyWrite(forecast, write);
  forecast.applied.add(write.number);
  const client = current(forecast, name, connection);
  if (client !== undefined) sendData(forecast, client, { what: 'acknowledged', client: name, connection, write });
  tellOthers(forecast, name);
}

function fetchThenVerify(forecast: Forecast, client: ClientForecast, token: MintedToken, update: boolean): void {
  const { name, connection } = client;
  const fetches = forecast.keySet && forecast.fetchedKey !== token.key && token.spec.flaw === 'none';
  if (!fetches) verify(forecast, client, token, update);
  else complete(forecast, keySetFetch, { what: 'fetched', client: name, connection, token, update });
}

function verify(forecast: Forecast, client: ClientForecast, token: MintedToken, update: boolean): void {
  const { name, connection } = client;
  complete(forecast, verifyOf(name), { what: 'verified', client: name, connection, token, update });
}

function judge(forecast: Forecast, client: ClientForecast, token: MintedToken, update: boolean): void {
  const { name, connection } = client;
  const refusal = refusalOf(forecast, token);
  if (!update && refusal !== undefined) {
    closeByServer(forecast, client, refusal);
    return;
  }
  if (refusal !== undefined) {
    sendToClient(forecast, client, { what: 'tokenRefused', client: name, connection });
    return;
  }
  if (update && client.accepted !== undefined && !sameRoles(client.accepted.spec, token.spec)) {
    closeByServer(forecast, client, 'ROLES_MISMATCH');
    return;
  }
  client.accepted = token;
  scheduleExpiry(forecast, client);
  if (update) sendToClient(forecast, client, { what: 'tokenAccepted', client: name, connection, token });
  else sendToClient(forecast, client, { what: 'accepted', client: name, connection });
}

function scheduleExpiry(forecast: Forecast, client: ClientForecast): void {
  const expiresAtMs = client.accepted?.expiresAtMs ?? null;
  client.expiryDueMs = expiresAtMs === null ? null : Math.max(forecast.nowMs, expiresAtMs - forecast.serverWallAheadMs);
}

function sendData(forecast: Forecast, client: ClientForecast, happening: ConnectionHappening): void {
  if (client.accepted !== undefined && !expireIfDue(forecast, client)) sendToClient(forecast, client, happening);
}

function expireIfDue(forecast: Forecast, client: ClientForecast): boolean {
  if (client.accepted === undefined || !isExpired(client.accepted, forecast.nowMs, forecast.serverWallAheadMs)) return false;
  closeByServer(forecast, client, 'TOKEN_EXPIRED');
  return true;
}

function closeByServer(forecast: Forecast, client: ClientForecast, reason: string): void {
  forget(client);
  sendToClient(forecast, client, { what: 'serverClose', client: client.name, connection: client.connection, reason });
}

function tellOthers(forecast: Forecast, writer: string): void {
  for (const client of forecast.clients) {
    const concerned = client.name !== writer && client.accepted !== undefined && client.subscriptions.some(({ live }) => live);
    if (concerned) sendData(forecast, client, { what: 'data', client: client.name, connection: client.connection });
  }
}

/** What the server's rows become by a write. */
function applyWrite(forecast: Forecast, write: Write): void {
  const key = `${write.collection}/${write.id}`;
  if (write.do === 'insert') forecast.rows.set(key, { collection: write.collection, row: write.row });
  if (write.do === 'delete') forecast.rows.delete(key);
  const held = forecast.rows.get(key);
  if (write.do === 'update' && held !== undefined) held.row = { ...held.row, ...write.changes };
}

/** The server knows the connection no more. */
export function forget(client: ClientForecast): void {
  client.accepted = undefined;
  client.expiryDueMs = null;
}

function refusalOf(forecast: Forecast, token: MintedToken): string | undefined {
  if (token.spec.flaw !== 'none' || (forecast.keySet && token.key !== forecast.fetchedKey)) return 'UNAUTHORIZED';
  if (isExpired(token, forecast.nowMs, forecast.serverWallAheadMs)) return 'TOKEN_EXPIRED';
  return forecast.nowMs + forecast.serverWallAheadMs < token.validFromMs ? 'UNAUTHORIZED' : undefined;
}
