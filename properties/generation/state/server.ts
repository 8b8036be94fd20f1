/** The server's part of the forecast: what it does with what reaches it. */

import type { SessionErrorType } from '../../../model/actions.ts';
import { isCompatible } from '../../../model/schema/difference.ts';
import type { Schema } from '../../../vocabulary/schemas.ts';
import { append, keySetFetch, load, toClient, toServer, verifyOf } from '../../language/labels.ts';
import { roles } from '../../language/roles.ts';
import { resultOfWrite, rowsFit } from './access.ts';
import { joinBatch, keepFirst, keepUnderWay, tellAll } from './batches.ts';
import { awaitKeys, freshKeys, isKeyHeld, isWanting, standingOf } from './keys.ts';
import { breakOff, complete, current, fire, onConnection, sendToClient, sendToServer } from './route.ts';
import {
  type BatchedEntry,
  type Call,
  type ClientForecast,
  type CloseReason,
  type Forecast,
  hashedPartOf,
  isConnected,
  isExpired,
  type LogForecast,
  type MintedToken,
  type OnConnection,
  sameRoles,
  type Write,
} from './state.ts';

/** A token comes: in a hello, or as an update of the one that was accepted. */
export function tokenCame(forecast: Forecast, client: ClientForecast, token: MintedToken, update: boolean): void {
  const { keys } = forecast;
  const standing = standingOf(forecast, token);
  if (keys !== null && standing === 'fetch') {
    const ended: OnConnection = (later, of) => {
      if (isWanting(later, token)) closeByServer(later, of, 'SERVER_FAILED');
      else verify(later, of, token, update);
    };
    awaitKeys(forecast, keys, onConnection(client, ended));
  } else if (standing === 'wanting') closeByServer(forecast, client, 'SERVER_FAILED');
  else verify(forecast, client, token, update);
}

export function subscribed(forecast: Forecast, client: ClientForecast): void {
  sendData(forecast, client, showResults);
}

export function pinged(forecast: Forecast, client: ClientForecast): void {
  sendToClient(forecast, client, () => {});
}

export function left(forecast: Forecast, client: ClientForecast): void {
  forget(client);
  breakOff(forecast, client);
}

/** A timer: the token may have been replaced by one that lives longer. */
export function expire(forecast: Forecast, client: ClientForecast): void {
  if (!expireIfDue(forecast, client)) scheduleExpiry(forecast, client);
}

export function writeCame(forecast: Forecast, client: ClientForecast, write: Write): void {
  if (client.accepted === undefined || expireIfDue(forecast, client)) return;
  const { name, connection } = client;
  const keep: Call = (later) => settleWrite(later, write, current(later, name, connection));
  const tell: Call = (later) => answerWrite(later, write, name, connection);
  const refuse: Call = (later) => {
    later.applied.add(write.number);
    later.rejected.add(write.number);
  };
  takeUp(forecast, { by: name, keep, tell, refuse });
}

export function push(forecast: Forecast, schema: Schema): void {
  const keep: Call = (later) => {
    if (rowsFit(later, schema)) become(later, schema);
  };
  const tell: Call = (later) => {
    if (later.schema === schema) tellPushed(later, schema);
  };
  takeUp(forecast, { by: null, keep, tell, refuse: () => {} });
}

/** Where storage has no space, it waits behind what waits already. */
function takeUp(forecast: Forecast, entry: BatchedEntry): void {
  const { space } = forecast;
  if (space.dueMs === null) joinBatch(forecast, entry, conclude);
  else space.waiting = [...space.waiting, entry];
}

/** Storage is asked again. */
export function retryAppend(forecast: Forecast): void {
  const { space } = forecast;
  const { waiting } = space;
  Object.assign(space, { waiting: [], dueMs: null });
  for (const entry of waiting) joinBatch(forecast, entry, conclude);
}

/** A failed batch closes everybody; the log is read anew (W2). One for which there is no space waits. */
function conclude(forecast: Forecast, entries: readonly BatchedEntry[]): void {
  const { failing, space, refusing } = forecast;
  if (failing === null && refusing !== null) {
    forecast.refusing = null;
    entries[Math.min(refusing, entries.length) - 1]?.refuse(forecast);
  } else if (failing === null && space.isFull) {
    const delayMs = space.delayMs === 0 ? 1_000 : Math.min(2 * space.delayMs, 60_000);
    Object.assign(space, { waiting: [...entries, ...space.waiting], delayMs, dueMs: forecast.nowMs + delayMs });
    return;
  } else space.delayMs = 0;
  keepFirst(forecast, entries, failing?.kept ?? entries.length);
  if (failing === null) {
    tellAll(forecast, entries);
    return;
  }
  forecast.failing = null;
  for (const client of forecast.clients) if (isConnected(client)) closeByServer(forecast, client, 'SERVER_FAILED');
  reload(forecast);
}

/** The log is read; until then nobody gets in. */
function reload(forecast: Forecast): void {
  for (const label of [append, load, ...forecast.clients.map(({ name }) => verifyOf(name))]) {
    forecast.held.get(label)?.queue.splice(0);
  }
  for (const { name } of forecast.clients) forecast.held.get(toServer(name))?.queue.splice(0);
  forecast.up = false;
  Object.assign(forecast.space, { waiting: [], delayMs: 0, dueMs: null });
  const begin: Call = (later) => {
    later.up = true;
  };
  // What it begins is durable before anybody is accepted.
  const happen: Call = (later) => complete(later, append, { happen: begin });
  complete(forecast, load, { happen });
}

/** What the server's log says is copied as that. */
export function copyLog(forecast: Forecast, copy: string): void {
  forecast.logCopies.set(copy, logOf(forecast));
}

function logOf({ rows, applied, rejected, known, schema }: LogForecast): LogForecast {
  return { rows: new Map(rows), applied: new Set(applied), rejected: new Set(rejected), known: new Set(known), schema };
}

/** It crashes, and begins again on that copy; null: on an empty log. */
export function restoreServer(forecast: Forecast, copy: string | null): void {
  const { firstSchema: schema } = forecast;
  const known = new Set(schema === null ? [] : [hashedPartOf(schema)]);
  const empty: LogForecast = { rows: new Map(), applied: new Set(), rejected: new Set(), known, schema };
  const found = copy === null ? empty : forecast.logCopies.get(copy);
  if (found === undefined) return;
  restartServer(forecast, 'crash', 0);
  Object.assign(forecast, logOf(found));
}

/** `kept`: of the batch under way so many entries are in the log. */
export function restartServer(forecast: Forecast, how: 'graceful' | 'crash', kept: number): void {
  keepUnderWay(forecast, kept);
  for (const client of forecast.clients) {
    forget(client);
    if (!isConnected(client)) continue;
    if (how === 'crash') {
      forecast.held.get(toClient(client.name))?.queue.splice(0);
      breakOff(forecast, client);
    } else closeByServer(forecast, client, 'SERVER_FAILED');
  }
  forecast.held.get(keySetFetch)?.queue.splice(0);
  if (forecast.keys !== null) Object.assign(forecast.keys, freshKeys());
  forecast.told.clear();
  reload(forecast);
}

function become(forecast: Forecast, schema: Schema): void {
  forecast.schema = schema;
  forecast.known.add(hashedPartOf(schema));
}

function tellPushed(forecast: Forecast, schema: Schema): void {
  for (const client of forecast.clients) {
    if (client.accepted === undefined) continue;
    if (!isCompatible(client.schema, schema)) closeByServer(forecast, client, 'SCHEMA_MISMATCH');
    else if (client.subscriptions.some(({ live }) => live)) sendData(forecast, client, showResults);
  }
}

function answerWrite(forecast: Forecast, write: Write, writer: string, connection: number): void {
  const client = current(forecast, writer, connection);
  const answer = forecast.rejected.has(write.number) ? 'syncFailed' : 'synced';
  if (client !== undefined) sendData(forecast, client, (later, of) => of.listener?.writeAnswered(later, of, write, answer));
  if (answer === 'synced') tellOthers(forecast, writer);
}

/** Once and for all: a write that was answered is answered the same when it is sent again. */
function settleWrite(forecast: Forecast, write: Write, client: ClientForecast | undefined): void {
  if (forecast.applied.has(write.number)) return;
  forecast.applied.add(write.number);
  const result = resultOfWrite(forecast, client?.accepted?.spec, write.operations);
  if (result === undefined) forecast.rejected.add(write.number);
  for (const [key, row] of result ?? []) {
    if (row === undefined) forecast.rows.delete(key);
    else forecast.rows.set(key, row);
  }
}

function verify(forecast: Forecast, client: ClientForecast, token: MintedToken, update: boolean): void {
  const verified: OnConnection = (later, of) => judge(later, of, token, update);
  complete(forecast, verifyOf(client.name), onConnection(client, verified));
}

function judge(forecast: Forecast, client: ClientForecast, token: MintedToken, update: boolean): void {
  const refusal = refusalOf(forecast, token);
  if (refusal !== undefined) {
    if (update) sendToClient(forecast, client, (later, of) => of.listener?.tokenAnswered(later, of, undefined));
    else closeByServer(forecast, client, refusal);
    return;
  }
  if (update && client.accepted !== undefined && !sameRoles(forecast.schema?.roles ?? roles, client.accepted.spec, token.spec)) {
    closeByServer(forecast, client, 'ROLES_MISMATCH');
    return;
  }
  if (!update && !agreesOnSchema(forecast, client, token)) return;
  client.accepted = token;
  scheduleExpiry(forecast, client);
  sendToClient(forecast, client, (later, of) => (update ? of.listener?.tokenAnswered(later, of, token) : of.listener?.accepted(later, of)));
}

/** Where it does not, the client is asked for its schema, or closed for it (C4). */
function agreesOnSchema(forecast: Forecast, client: ClientForecast, token: MintedToken): boolean {
  if (client.schema === null || forecast.schema === null) return true;
  const hashed = hashedPartOf(client.schema);
  if (!forecast.known.has(hashed) && !forecast.told.has(hashed)) {
    const said: OnConnection = (later, of) => {
      later.told.add(hashed);
      tokenCame(later, of, token, false);
    };
    sendToClient(forecast, client, (later, of) => sendToServer(later, of, said));
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

function showResults(forecast: Forecast, client: ClientForecast): void {
  fire(forecast, client, 'results');
}

function sendData(forecast: Forecast, client: ClientForecast, hear: OnConnection): void {
  if (client.accepted !== undefined && !expireIfDue(forecast, client)) sendToClient(forecast, client, hear);
}

function expireIfDue(forecast: Forecast, client: ClientForecast): boolean {
  if (client.accepted === undefined || !isExpired(client.accepted, forecast.nowMs, forecast.serverWallAheadMs)) return false;
  closeByServer(forecast, client, 'TOKEN_EXPIRED');
  return true;
}

export function closeByServer(forecast: Forecast, client: ClientForecast, reason: CloseReason): void {
  forget(client);
  sendToClient(forecast, client, (later, of) => of.listener?.closed(later, of, reason));
}

function tellOthers(forecast: Forecast, writer: string): void {
  for (const client of forecast.clients) {
    const concerned = client.name !== writer && client.accepted !== undefined && client.subscriptions.some(({ live }) => live);
    if (concerned) sendData(forecast, client, showResults);
  }
}

/** The server knows the connection no more. */
export function forget(client: ClientForecast): void {
  client.accepted = undefined;
  client.expiryDueMs = null;
}

function refusalOf(forecast: Forecast, token: MintedToken): SessionErrorType | undefined {
  if (token.spec.flaw !== 'none' || !isKeyHeld(forecast, token)) return 'UNAUTHORIZED';
  if (isExpired(token, forecast.nowMs, forecast.serverWallAheadMs)) return 'TOKEN_EXPIRED';
  return forecast.nowMs + forecast.serverWallAheadMs < token.validFromMs ? 'UNAUTHORIZED' : undefined;
}
