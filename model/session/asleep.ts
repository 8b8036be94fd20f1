/** A client that sleeps, and what its clock makes of that when it wakes; and one whose timers run once a minute (S9). */
import { clientOf, withClient, withSession } from '../change.ts';
import type { RefreshCycle } from '../client-state.ts';
import type { ConnectionState } from '../connection-state.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import { failLateCalls } from './refresh.ts';

export function fallAsleep(state: State, name: ClientName): State {
  return withClient(state, name, { isAsleep: true });
}

/** What was due meanwhile is late; where its monotonic clock stood, all that it waits for is due later. */
export function wakeUp(state: State, name: ClientName, stoodMs: number): State {
  const awake = withClient(state, name, { isAsleep: false, timelySinceMs: state.nowMs });
  return failLateCalls(stoodMs === 0 ? awake : postponed(awake, name, stoodMs));
}

export function throttle(state: State, name: ClientName, isThrottled: boolean): State {
  return withClient(state, name, isThrottled ? { isThrottled } : { isThrottled, timelySinceMs: state.nowMs });
}

function postponed(state: State, name: ClientName, byMs: number): State {
  const { attemptDue, closing, session } = clientOf(state, name);
  const moved = withClient(state, name, {
    attemptDue: attemptDue === null ? null : { ...attemptDue, atMs: attemptDue.atMs + byMs },
    closing: closing === null ? null : { ...closing, sinceMs: closing.sinceMs + byMs },
  });
  const connections = Object.entries(moved.connections).map(([number, connection]): [string, ConnectionState] => [
    number,
    connection.client === name ? seenLater(connection, byMs) : connection,
  ]);
  // By its own clock no beat was due yet.
  const lastBlockedMs = { ...moved.lastBlockedMs, [`${name} heartbeat timer`]: 0 };
  const later = { ...moved, lastBlockedMs, connections: Object.fromEntries(connections) };
  if (session === null) return later;
  const calledMs = session.calledMs === null ? null : session.calledMs + byMs;
  return withSession(later, name, { cycle: cycleLater(session.cycle, byMs), calledMs });
}

/** The moments of the client's end: its clock says of each that it was not so long ago. */
function seenLater(connection: ConnectionState, byMs: number): ConnectionState {
  const { clientHeardMs, clientSentMs, attemptedMs, openedMs, acceptedMs, pingedMs, unansweredPingMs } = connection;
  return {
    ...connection,
    clientHeardMs: clientHeardMs + byMs,
    clientSentMs: clientSentMs + byMs,
    attemptedMs: attemptedMs + byMs,
    openedMs: openedMs + byMs,
    acceptedMs: acceptedMs + byMs,
    pingedMs: pingedMs === null ? null : pingedMs + byMs,
    unansweredPingMs: unansweredPingMs === null ? null : unansweredPingMs + byMs,
  };
}

function cycleLater(cycle: RefreshCycle, byMs: number): RefreshCycle {
  switch (cycle.at) {
    case 'due':
      return { ...cycle, dueMs: cycle.dueMs + byMs };
    case 'asking':
      return { ...cycle, sinceMs: cycle.sinceMs + byMs };
    case 'idle':
    case 'submitting':
      return cycle;
  }
}
