/** How long a client waits after a loss before it tries again, and when it starts over (S9). */
import { clientOf, withClient } from '../change.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { type State, steadyMs } from '../state.ts';

/** 250 ms, doubling with each failure in a row, up to 5 min. */
export function backOff(state: State, name: ClientName): State {
  const { failuresInARow } = clientOf(state, name);
  const backOffMs = Math.min(250 * 2 ** failuresInARow, 300_000);
  return state.decisions.spreadBackOff(withClient(state, name, { failuresInARow: failuresInARow + 1 }), name, backOffMs);
}

/** The due time follows from what the client draws. */
export function awaitChance(state: State, name: ClientName, backOffMs: number): State {
  return withClient(state, name, { attemptDue: null, undrawnBackOffMs: backOffMs });
}

export function drawChance(state: State, name: ClientName, fraction: number): State {
  const { undrawnBackOffMs, late } = clientOf(state, name);
  if (undrawnBackOffMs === null)
    return reject(late ? 'S2' : 'S9', 'drew unasked', `${name} drew chance that nothing called for`, ['nothing'], `${fraction}`);
  const delayMs = Math.ceil((undrawnBackOffMs * (1 + fraction)) / 2);
  return withClient(state, name, { undrawnBackOffMs: null, attemptDue: { atMs: state.nowMs + delayMs, byTimer: true, asked: false } });
}

/** The connection of the session ends: one that lived lets the back-off start over. */
export function startOverIfSteady(state: State, name: ClientName): State {
  return state.decisions.isSteady(state, name) ? withClient(state, name, { failuresInARow: 0 }) : state;
}

export function isSteady(state: State, name: ClientName): boolean {
  const { connection, status } = clientOf(state, name);
  const acceptedMs = connection === null ? undefined : state.connections[connection]?.acceptedMs;
  return status === 'OPEN' && acceptedMs !== undefined && state.nowMs - acceptedMs >= steadyMs;
}
