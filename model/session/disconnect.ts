/** `disconnect`: closes a live connection and forbids reconnecting by itself; what updates were pending is stored, and nobody is asked (S3, S7, S9). */
import { clientOf, withClient, withSession, withStatus } from '../change.ts';
import type { Bare, CommandHandler } from '../command-handler.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import { startOverIfSteady } from './back-off.ts';
import { storeUpdates } from './session.ts';

export const disconnect: CommandHandler<Bare> = {
  rule: null,
  take: (state, name) => disconnectSession(state, name),
};

export function disconnectSession(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  if (client.session === null) return state;
  const quiet = withSession(withClient(startOverIfSteady(state, name), name, { attemptDue: null, undrawnBackOffMs: null }), name, {
    reconnectsOnToken: false,
    attemptWaits: false,
  });
  const { disconnectUnconnected, refreshAfterDisconnect } = state.decisions;
  if (client.connection === null) return disconnectUnconnected(refreshAfterDisconnect(quiet, name), name);
  const closing = { connection: client.connection, sinceMs: state.nowMs };
  const stored = refreshAfterDisconnect(storeUpdates(quiet, name), name);
  return withStatus(withClient(stored, name, { connection: null, closing }), name, 'CLOSING');
}
