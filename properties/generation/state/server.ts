/** The server's part of the forecast: what it does with what reaches it. */

import type { SessionErrorType } from '../../../model/actions.ts';
import { isCompatible } from '../../../model/schema/difference.ts';
import type { Schema } from '../../../vocabulary/schemas.ts';
import { append, keySetFetch, load, toClient, toServer, verifyOf } from '../../language/labels.ts';
import { roles } from '../../language/roles.ts';
import { resultOfWrite, rowsFit } from './access.ts';
import { complete, current, sendToClient } from './route.ts';
import {
  type ClientForecast,
  type CloseReason,
  type ConnectionHappening,
  type Forecast,
  type Happening,
  hashedPartOf,
  isConnected,
  isExpired,
  type MintedToken,
  type ServerHappening,
  sameRoles,
} from './state.ts';

export function happenInServer(forecast: Forecast, happening: ServerHappening): void {
  switch (happening.what) {
    case 'append':
      if (!isFailing(forecast, happening)) appended(forecast, happening);
      return;
    case 'push':
      if (rowsFit(forecast, happening.schema) && !isFailing(forecast, happening)) pushed(forecast, happening.schema);
      return;
    case 'loaded':
      forecast.up = true;
      return;
  }
  const client = current(forecast, happening.client, happening.connection);
  if (client === undefined) return;
  switch (happening.what) {
    case 'schemaSaid':
      if (client.schema !== null) forecast.told.add(hashedPartOf(client.schema));
      fetchThenVerify(forecast, client, happening.token, false);
      return;
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
    case 'nonsense':
      closeByServer(forecast, client, 'PROTOCOL_BROKEN');
      return;
    case 'expiry':
      if (!expireIfDue(forecast, client)) scheduleExpiry(forecast, client);
  }
}

/** A failed append closes everybody; the log is read anew (W2). */
function isFailing(forecast: Forecast, happening: Extract<ServerHappening, { what: 'append' | 'push' }>): boolean {
  const { failing } = forecast;
  if (failing === null) return false;
  forecast.failing = null;
  if (failing.keepsTail) keep(forecast, happening);
  for (const client of forecast.clients) if (isConnected(client)) closeByServer(forecast, client, 'SERVER_FAILED');
  reload(forecast);
  return true;
}

/** The log is read; until then nobody gets in. */
function reload(forecast: Forecast): void {
  for (const label of [append, keySetFetch, load, ...forecast.clients.map(({ name }) => verifyOf(name))]) {
    forecast.held.get(label)?.queue.splice(0);
  }
  for (const { name } of forecast.clients) forecast.held.get(toServer(name))?.queue.splice(0);
  forecast.up = false;
  complete(forecast, load, { what: 'loaded' });
}

/** What is in the log though nobody was told. */
function keep(forecast: Forecast, happening: Happening): void {
  if (happening.what === 'append') settleWrite(forecast, happening);
  if (happening.what === 'push') become(forecast, happening.schema);
}

export function restartServer(forecast: Forecast, how: 'graceful' | 'crash', keepsTail: boolean): void {
  const underWay = forecast.held.get(append)?.queue[0];
  if (keepsTail && underWay !== undefined) keep(forecast, underWay);
  for (const client of forecast.clients) {
    forget(client);
    if (!isConnected(client)) continue;
    const { name, connection } = client;
    if (how === 'crash') forecast.held.get(toClient(name))?.queue.splice(0);
    sendToClient(forecast, client, how === 'crash' ? { what: 'lost', client: name, connection } : closing(client, 'SERVER_FAILED'));
  }
  forecast.fetchedKey = null;
  forecast.told.clear();
  reload(forecast);
}

function pushed(forecast: Forecast, schema: Schema): void {
  become(forecast, schema);
  for (const client of forecast.clients) {
    if (client.accepted === undefined) continue;
    if (!isCompatible(client.schema, schema)) closeByServer(forecast, client, 'SCHEMA_MISMATCH');
    else if (client.subscriptions.some(({ live }) => live))
      sendData(forecast, client, { what: 'data', client: client.name, connection: client.connection });
  }
}

function become(forecast: Forecast, schema: Schema): void {
  forecast.schema = schema;
  forecast.known.add(hashedPartOf(schema));
}

function appended(forecast: Forecast, happening: Extract<ServerHappening, { what: 'write' | 'append' }>): void {
  const { client: name, connection, write } = happening;
  settleWrite(forecast, happening);
  const client = current(forecast, name, connection);
  const what = forecast.rejected.has(write.number) ? 'rejected' : 'acknowledged';
  if (client !== undefined) sendData(forecast, client, { what, client: name, connection, write });
  if (what === 'acknowledged') tellOthers(forecast, name);
}

/** Once and for all: a write that was answered is answered the same when it is sent again. */
function settleWrite(
  forecast: Forecast,
  { client: name, connection, write }: Extract<ServerHappening, { what: 'write' | 'append' }>,
): void {
  if (forecast.applied.has(write.number)) return;
  forecast.applied.add(write.number);
  const result = resultOfWrite(forecast, current(forecast, name, connection)?.accepted?.spec, write.operations);
  if (result === undefined) forecast.rejected.add(write.number);
  for (const [key, row] of result ?? []) {
    if (row === undefined) forecast.rows.delete(key);
    else forecast.rows.set(key, row);
  }
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
  if (update && client.accepted !== undefined && !sameRoles(forecast.schema?.roles ?? roles, client.accepted.spec, token.spec)) {
    closeByServer(forecast, client, 'ROLES_MISMATCH');
    return;
  }
  if (!update && !agreesOnSchema(forecast, client, token)) return;
  client.accepted = token;
  scheduleExpiry(forecast, client);
  if (update) sendToClient(forecast, client, { what: 'tokenAccepted', client: name, connection, token });
  else sendToClient(forecast, client, { what: 'accepted', client: name, connection });
}

/** Where it does not, the client is asked for its schema, or closed for it (C4). */
function agreesOnSchema(forecast: Forecast, client: ClientForecast, token: MintedToken): boolean {
  if (client.schema === null || forecast.schema === null) return true;
  const hashed = hashedPartOf(client.schema);
  if (!forecast.known.has(hashed) && !forecast.told.has(hashed)) {
    sendToClient(forecast, client, { what: 'schemaAsked', client: client.name, connection: client.connection, token });
    return false;
  }
  if (isCompatible(client.schema, forecast.schema)) return true;
  closeByServer(forecast, client, 'SCHEMA_MISMATCH');
  return false;
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

function closeByServer(forecast: Forecast, client: ClientForecast, reason: CloseReason): void {
  forget(client);
  sendToClient(forecast, client, closing(client, reason));
}

function closing({ name, connection }: ClientForecast, reason: CloseReason): ConnectionHappening {
  return { what: 'serverClose', client: name, connection, reason };
}

function tellOthers(forecast: Forecast, writer: string): void {
  for (const client of forecast.clients) {
    const concerned = client.name !== writer && client.accepted !== undefined && client.subscriptions.some(({ live }) => live);
    if (concerned) sendData(forecast, client, { what: 'data', client: client.name, connection: client.connection });
  }
}

/** The server knows the connection no more. */
export function forget(client: ClientForecast): void {
  client.accepted = undefined;
  client.expiryDueMs = null;
}

function refusalOf(forecast: Forecast, token: MintedToken): SessionErrorType | undefined {
  if (token.spec.flaw !== 'none' || (forecast.keySet && token.key !== forecast.fetchedKey)) return 'UNAUTHORIZED';
  if (isExpired(token, forecast.nowMs, forecast.serverWallAheadMs)) return 'TOKEN_EXPIRED';
  return forecast.nowMs + forecast.serverWallAheadMs < token.validFromMs ? 'UNAUTHORIZED' : undefined;
}
