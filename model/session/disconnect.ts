/** `disconnect`: closes a live connection and forbids reconnecting by itself; what updates were pending is stored (S3, S9). */
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
  });
  if (client.connection === null) return state.decisions.disconnectUnconnected(quiet, name);
  const closing = { connection: client.connection, sinceMs: state.nowMs };
  return withStatus(withClient(storeUpdates(quiet, name), name, { connection: null, closing }), name, 'CLOSING');
}
