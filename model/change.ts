/** Small hands for immutable change: a state with one client, connection or subscription altered. */
import type { Row } from '../vocabulary/values.ts';
import type { ClientState, PromiseState, Session } from './client-state.ts';
import type { ConnectionState } from './connection-state.ts';
import { entryOf } from './entry-of.ts';
import type { ClientName } from './observations.ts';
import { reject } from './rejection.ts';
import type { ServerState } from './server-state.ts';
import type { State } from './state.ts';
import type { Token } from './tokens.ts';

export function clientOf(state: State, name: ClientName): ClientState {
  return state.clients[name] ?? reject('S1', 'unknown client', `${name} is no client of this run`, [], name);
}
export function connectionOf(state: State, connection: number): ConnectionState {
  return (
    state.connections[connection] ??
    reject('S2', 'unknown connection', `connection ${connection} was never attempted`, [], `connection ${connection}`)
  );
}

export function withClient(state: State, name: ClientName, change: Partial<ClientState>): State {
  return { ...state, clients: { ...state.clients, [name]: { ...clientOf(state, name), ...change } } };
}
export function withSession(state: State, name: ClientName, change: Partial<Session>): State {
  const { session } = clientOf(state, name);
  return session === null ? state : withClient(state, name, { session: { ...session, ...change } });
}
export function withConnection(state: State, connection: number, change: Partial<ConnectionState>): State {
  return { ...state, connections: { ...state.connections, [connection]: { ...connectionOf(state, connection), ...change } } };
}
export function withServer(state: State, change: Partial<ServerState>): State {
  return { ...state, server: { ...state.server, ...change } };
}

/** From now on its label names it. */
export function withToken(state: State, token: Token): State {
  return { ...state, tokens: { ...state.tokens, [token.label]: token } };
}

/** What else is known of a promise: for which write, or which `clear()`, it waits. */
export function withPromise(state: State, name: ClientName, promise: string, change: Partial<PromiseState>): State {
  const { promises } = clientOf(state, name);
  const known = entryOf(promises, promise);
  return known === undefined ? state : withClient(state, name, { promises: { ...promises, [promise]: { ...known, ...change } } });
}

/** A change of status is expected to be told once; the same status again is no change (S1). */
export function withStatus(state: State, name: ClientName, status: ClientState['status']): State {
  const client = clientOf(state, name);
  if (client.status === status) return state;
  return withClient(state, name, { status, expectedStatuses: [...client.expectedStatuses, status] });
}

/** A promise is to settle now: resolve with null, or reject with the error's name. `rows`: the results that it may bring. */
export function settle(
  state: State,
  name: ClientName,
  promise: string | null,
  error: string | null,
  rows?: readonly (readonly Row[])[],
): State {
  if (promise === null) return state;
  return withPromise(state, name, promise, { outcome: rows === undefined ? { error } : { error, rows } });
}
