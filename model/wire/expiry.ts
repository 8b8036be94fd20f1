/** Nothing goes out under a token that was not accepted or has expired, and at its expiry the connection ends (S5, S11). */
import { withConnection } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import { type State, wallMs } from '../state.ts';

export function requireUnexpired(state: State, present: ConnectionState): void {
  if (present.accepted === null)
    reject('S11', 'data before acceptance', 'data went to a connection without an accepted token', ['nothing'], 'data');
  else if (present.accepted.expiresAtMs !== null && wallMs(state, 'server') >= present.accepted.expiresAtMs) {
    reject('S5', 'data after expiry', `data went out under the expired ${present.accepted.label}`, ['a close with TOKEN_EXPIRED'], 'data');
  }
}

/** A timer closes the connection at the expiry of its token (S5). */
export function isExpiryTimerDue(state: State, { expiryDueMs }: ConnectionState): boolean {
  return expiryDueMs !== null && state.nowMs >= expiryDueMs;
}

/** A timer of expiry that fires before `exp` on the wall is set again for what remains (S5). */
export function passTime(state: State, nowMs: number): State {
  const moved = { ...state, nowMs };
  return Object.entries(moved.connections).reduce((before, [number, connection]) => {
    const { accepted, expiryDueMs } = connection;
    if (accepted === null || accepted.expiresAtMs === null || expiryDueMs === null || nowMs < expiryDueMs) return before;
    const remainingMs = accepted.expiresAtMs - wallMs(before, 'server');
    return remainingMs <= 0 ? before : withConnection(before, Number(number), { expiryDueMs: nowMs + remainingMs });
  }, moved);
}
