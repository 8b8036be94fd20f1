/** When a client may give up a connection that went silent, and when it owes that or a ping (S9). */
import type { ClientState } from '../client-state.ts';
import type { ConnectionState } from '../connection-state.ts';
import { heartbeatMs, longestSilenceMs, type State } from '../state.ts';

/** Nothing was heard since the beat before, or for so long that the server has given up. */
export function mayGiveUp(state: State, { status }: ClientState, connection: ConnectionState): boolean {
  const { attemptedMs, acceptedMs, clientHeardMs, pingedMs, heardSincePing } = connection;
  const silentMs = state.nowMs - clientHeardMs;
  if (silentMs >= longestSilenceMs) return true;
  if (silentMs < heartbeatMs.client) return false;
  // Each beat of an OPEN connection is a ping.
  if (pingedMs !== null) return !heardSincePing && state.nowMs - pingedMs >= heartbeatMs.client;
  // Accepted before any beat: the first one pings.
  return !(status === 'OPEN' && acceptedMs - attemptedMs < heartbeatMs.client);
}

/** It looks once a beat; a beat that comes late, as after a sleep, sees at once what lasted too long. */
export function isSilent(state: State, client: ClientState): boolean {
  const connection = connectionOfSession(state, client);
  if (connection === undefined) return false;
  const { client: usualMs, late: lateMs } = state.decisions.silenceOwedAfterMs;
  const blockedMs = lastBlockedMs(state, client);
  const sinceMs = Math.max(connection.clientHeardMs, connection.openedMs, blockedMs, client.timelySinceMs);
  // A beat that came late, since its timer was held until the end of an advance, has pinged late: the next one comes a whole beat after it.
  const { unansweredPingMs } = connection;
  const hadItsBeat = unansweredPingMs === null || state.nowMs - unansweredPingMs >= beats(client) * heartbeatMs.client;
  return (hadItsBeat && state.nowMs - sinceMs >= beats(client) * usualMs) || blockedMs - connection.clientHeardMs >= lateMs;
}

/** An OPEN client says something at least once a beat, if only a ping; a beat that fell before it was OPEN asked for none (S9). */
export function owesPing(state: State, client: ClientState): boolean {
  const connection = connectionOfSession(state, client);
  if (connection === undefined || client.status !== 'OPEN') return false;
  const sinceMs = Math.max(connection.clientSentMs, connection.acceptedMs, lastBlockedMs(state, client), client.timelySinceMs);
  return state.nowMs - sinceMs > beats(client) * state.decisions.silenceOwedAfterMs.ping;
}

/** Timers that run once a minute make a beat of 30 s a minute long. */
function beats({ isThrottled }: ClientState): number {
  return isThrottled ? 2 : 1;
}

function connectionOfSession(state: State, { connection }: ClientState): ConnectionState | undefined {
  return connection === null ? undefined : state.connections[connection];
}

function lastBlockedMs(state: State, { name }: ClientState): number {
  return state.lastBlockedMs[`${name} heartbeat timer`] ?? 0;
}
