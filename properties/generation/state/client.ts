/** The clients' part of the forecast: what they do with what reaches them, and by themselves. */
import { openingOf, refreshHandlerOf, storeOf } from '../../language/labels.ts';
import { roles } from '../../language/roles.ts';
import type { RefreshSpec } from '../../language/tokens.ts';
import { complete, fire, onConnection, sendToServer } from './route.ts';
import { forget, left, pinged, subscribed, tokenCame, writeCame } from './server.ts';
import {
  type Call,
  type ClientForecast,
  type CloseReason,
  clientOf,
  type Forecast,
  type Happening,
  isConnected,
  isExpired,
  type Listener,
  type MintedToken,
  mint,
  type OnConnection,
  type SessionForecast,
  type Stage,
  sameRoles,
  type Write,
} from './state.ts';

const listener: Listener = { accepted: welcomed, lost: lose, closed: refused, tokenAnswered, writeAnswered };

/** Happens where the session is still the client's. */
export function inSession(
  { name }: ClientForecast,
  { number }: SessionForecast,
  act: (forecast: Forecast, client: ClientForecast, session: SessionForecast) => void,
): Happening {
  return {
    happen: (later) => {
      const client = clientOf(later, name);
      if (client?.session?.number === number) act(later, client, client.session);
    },
  };
}

/** Where the storage fails, this write and all behind it never were (W1). */
function stored(forecast: Forecast, client: ClientForecast, write: Write): void {
  if (client.storageFails) {
    client.storageFails = false;
    forecast.held.get(storeOf(client.name))?.queue.splice(0);
    return;
  }
  client.outbox.push(write);
  if (client.stage === 'open') sendWrite(forecast, client, write);
}

function writeAnswered(forecast: Forecast, client: ClientForecast, write: Write, answer: 'synced' | 'syncFailed'): void {
  const place = client.outbox.findIndex(({ number }) => number === write.number);
  if (place >= 0) client.outbox.splice(place, 1);
  fire(forecast, client, answer);
}

/** The answer to the oldest token update sent. */
function tokenAnswered(forecast: Forecast, client: ClientForecast, token: MintedToken | undefined): void {
  const session = client.session;
  if (session === undefined) return;
  session.updating.shift();
  if (token === undefined) {
    retryRefresh(forecast, session);
    return;
  }
  setToken(forecast, client, session, token);
  scheduleRefresh(forecast, client, session);
}

function setToken(forecast: Forecast, client: ClientForecast, session: SessionForecast, token: MintedToken): void {
  session.token = token;
  session.disputed = isExpired(token, forecast.nowMs, client.wallAheadMs);
}

/** Silent for a whole beat: given up. Otherwise a ping is answered by a pong, which a held or half-open link swallows. */
export function beat(forecast: Forecast, client: ClientForecast): void {
  if (!isConnected(client)) return;
  if (!client.heard) {
    lose(forecast, client);
    return;
  }
  client.heard = false;
  client.beatDueMs = forecast.nowMs + 30_000;
  if (client.stage === 'open') sendToServer(forecast, client, pinged);
}

function opened(forecast: Forecast, client: ClientForecast): void {
  if (client.stage !== 'opening' || client.session === undefined) return;
  if (client.refused || !forecast.up) {
    lose(forecast, client);
    return;
  }
  client.stage = 'greeting';
  const { token } = client.session;
  sendToServer(forecast, client, (later, of) => tokenCame(later, of, token, false));
}

function welcomed(forecast: Forecast, client: ClientForecast): void {
  const session = client.session;
  if (client.stage !== 'greeting' || session === undefined) return;
  client.openedMs = forecast.nowMs;
  setStage(forecast, client, 'open');
  scheduleRefresh(forecast, client, session);
  for (const token of session.waiting.splice(0)) updateToken(forecast, client, token);
  for (const { live } of client.subscriptions) if (live) sendToServer(forecast, client, subscribed);
  for (const write of [...client.outbox]) sendWrite(forecast, client, write);
}

function refused(forecast: Forecast, client: ClientForecast, reason: CloseReason): void {
  if (reason === 'SERVER_FAILED') {
    lose(forecast, client);
    return;
  }
  const session = client.session;
  forget(client);
  settleUpdates(client);
  setStage(forecast, client, 'closed');
  fire(forecast, client, 'sessionError');
  if (session === undefined || session.refresh === null || reason === 'SCHEMA_MISMATCH' || reason === 'PROTOCOL_BROKEN') return;
  if (reason === 'TOKEN_EXPIRED') ask(forecast, client, session);
  else retryRefresh(forecast, session);
}

export function lose(forecast: Forecast, client: ClientForecast): void {
  forget(client);
  settleUpdates(client);
  if (client.stage === 'closing') {
    setStage(forecast, client, 'closed');
    return;
  }
  if (client.session === undefined || !isConnected(client)) return;
  setStage(forecast, client, 'waiting');
  client.failures += 1;
  // Chance may bring it sooner: this is the last moment.
  client.retryDueMs = forecast.nowMs + Math.min(300_000, 250 * 2 ** Math.min(20, client.failures - 1));
}

/** One that is wanted: with a token that has expired the handler is asked first. */
export function attempt(forecast: Forecast, client: ClientForecast): void {
  const session = client.session;
  if (session === undefined || session.attemptWaits) return;
  if (session.refresh === null || session.disputed || !isExpired(session.token, forecast.nowMs, client.wallAheadMs)) {
    dial(forecast, client);
    return;
  }
  client.retryDueMs = null;
  if (client.stage === 'waiting') setStage(forecast, client, 'closed');
  session.attemptWaits = true;
  ask(forecast, client, session);
}

function dial(forecast: Forecast, client: ClientForecast): void {
  forecast.connections += 1;
  client.connection = forecast.connections;
  client.listener = listener;
  client.halfOpen = false;
  client.retryDueMs = null;
  client.closingDueMs = null;
  client.beatDueMs = forecast.nowMs + 30_000;
  client.heard = false;
  forget(client);
  setStage(forecast, client, 'opening');
  complete(forecast, openingOf(client.name), onConnection(client, opened));
}

export function leave(forecast: Forecast, client: ClientForecast, stage: Stage): void {
  const connected = isConnected(client);
  client.retryDueMs = null;
  settleUpdates(client);
  setStage(forecast, client, stage === 'closing' && !connected ? 'closed' : stage);
  if (!connected) return;
  client.beatDueMs = null;
  client.closingDueMs = stage === 'closing' ? forecast.nowMs + 5_000 : null;
  sendToServer(forecast, client, left);
}

export function ask(forecast: Forecast, client: ClientForecast, session: SessionForecast): void {
  session.refreshDueMs = null;
  if (session.asking || session.refresh === null) return;
  session.asking = true;
  session.calls += 1;
  complete(forecast, refreshHandlerOf(client.name), inSession(client, session, answer));
}

/** The session is closed by its user: nobody is asked, and an answer counts as nothing. */
export function stopAsking(session: SessionForecast): void {
  session.wanted = false;
  session.attemptWaits = false;
  session.asking = false;
  session.refreshDueMs = null;
}

function answer(forecast: Forecast, client: ClientForecast, session: SessionForecast): void {
  if (!session.asking) return;
  session.asking = false;
  const { attemptWaits } = session;
  session.attemptWaits = false;
  takeAnswer(forecast, client, session);
  if (attemptWaits && !isConnected(client)) dial(forecast, client);
}

function takeAnswer(forecast: Forecast, client: ClientForecast, session: SessionForecast): void {
  const given = session.refresh === null ? undefined : answerOf(session.refresh, session.calls);
  if (given?.answer !== 'token' || given.token.kind === 'current') {
    retryRefresh(forecast, session);
    return;
  }
  const token = mint(forecast, given.token);
  if (!passesChecks(client, session, token)) {
    retryRefresh(forecast, session);
    return;
  }
  if (isConnected(client)) {
    submit(forecast, client, session, token);
    return;
  }
  setToken(forecast, client, session, token);
  if (session.wanted && client.stage === 'closed') dial(forecast, client);
}

export function updateToken(forecast: Forecast, client: ClientForecast, token: MintedToken): void {
  const session = client.session;
  if (session === undefined || isExpired(token, forecast.nowMs, client.wallAheadMs) || !passesChecks(client, session, token)) return;
  submit(forecast, client, session, token);
}

function submit(forecast: Forecast, client: ClientForecast, session: SessionForecast, token: MintedToken): void {
  if (client.stage === 'open') {
    session.updating.push(token);
    sendToServer(forecast, client, (later, of) => tokenCame(later, of, token, true));
  } else if (isConnected(client)) session.waiting.push(token);
  else setToken(forecast, client, session, token);
}

/** The client writes: one operation, or a whole transaction. */
export function writeOf(forecast: Forecast, client: ClientForecast, operations: Write['operations']): void {
  forecast.writes += 1;
  const write: Write = { number: forecast.writes, operations };
  const { name, epoch } = client;
  const unlessCleared =
    (act: OnConnection): Call =>
    (later) => {
      const of = clientOf(later, name);
      if (of?.epoch === epoch) act(later, of);
    };
  const happen = unlessCleared((later, of) => stored(later, of, write));
  const keep = unlessCleared((_, of) => of.outbox.push(write));
  complete(forecast, storeOf(name), { happen, keep });
  fire(forecast, client, 'results');
}

function sendWrite(forecast: Forecast, client: ClientForecast, write: Write): void {
  sendToServer(forecast, client, (later, of) => writeCame(later, of, write));
}

export function setStage(forecast: Forecast, client: ClientForecast, stage: Stage): void {
  if (client.stage === 'open' && forecast.nowMs - client.openedMs >= 10_000) client.failures = 0;
  const changed = statusOf(client.stage) !== statusOf(stage);
  client.stage = stage;
  if (changed) fire(forecast, client, 'status');
}

/** Without an answer to come, the last token update is the one that is kept (S3). */
function settleUpdates(client: ClientForecast): void {
  const session = client.session;
  if (session === undefined) return;
  const last = [...session.updating.splice(0), ...session.waiting.splice(0)].at(-1);
  if (last !== undefined) session.token = last;
}

/** But that of the clock, which a token of the handler need not pass. */
function passesChecks(client: ClientForecast, session: SessionForecast, token: MintedToken): boolean {
  if (token.spec.flaw === 'undecodable') return false;
  return !client.knowsRoles || sameRoles(roles, session.token.spec, token.spec);
}

/** After an acceptance. */
function scheduleRefresh(forecast: Forecast, client: ClientForecast, session: SessionForecast): void {
  session.failedCalls = 0;
  if (session.refresh === null) return;
  const { expiresAtMs } = session.token;
  const delayMs = session.refresh.intervalMs ?? (expiresAtMs === null ? null : expiresAtMs - forecast.nowMs - client.wallAheadMs - 1000);
  const isPast = session.refresh.intervalMs === null && isExpired(session.token, forecast.nowMs, client.wallAheadMs);
  session.refreshDueMs = delayMs === null || isPast ? null : forecast.nowMs + Math.max(1000, delayMs);
}

function retryRefresh(forecast: Forecast, session: SessionForecast): void {
  if (session.refresh === null) return;
  session.refreshDueMs = forecast.nowMs + Math.min(60_000, 1000 * 2 ** session.failedCalls);
  session.failedCalls += 1;
}

function answerOf(refresh: RefreshSpec, call: number): RefreshSpec['answers'][number] | undefined {
  return refresh.answers[Math.min(call, refresh.answers.length) - 1];
}

function statusOf(stage: Stage): string {
  if (stage === 'opening' || stage === 'greeting') return 'connecting';
  return stage === 'waiting' ? 'closed' : stage;
}
