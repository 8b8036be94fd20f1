/** `updateSessionToken`: another token for the session that goes on (S3). */
import { clientOf, settle, withClient, withSession, withToken } from '../change.ts';
import type { CommandHandler, Promising } from '../command-handler.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';
import type { Token } from '../tokens.ts';
import { isExpiredAtClient, sameRolesAtClient } from './token-judgement.ts';

interface UpdateSessionToken extends Promising {
  readonly token: Token;
}

/** The checks of S3, in their order. */
export const updateSessionToken: CommandHandler<UpdateSessionToken> = {
  rule: 'S3',
  take: (before, name, { promise, token }) => {
    const state = withToken(before, token);
    const client = clientOf(state, name);
    if (client.session === null || state.decisions.isBeginning(client.session)) return settle(state, name, promise, 'NoActiveSessionError');
    if (token.flaw === 'undecodable') return settle(state, name, promise, 'TokenDecodingError');
    if (isExpiredAtClient(state, client, token)) return settle(state, name, promise, 'TokenExpiredError');
    if (client.knowsRoles && !sameRolesAtClient(state, client.session.token, token))
      return settle(state, name, promise, 'SessionRolesMismatchError');
    if (client.connection === null)
      return settle(withSession(state, name, { token, isUnproven: false, isDisputed: false }), name, promise, null);
    return state.decisions.beginUpdate(state, name, promise, token);
  },
};

/** It is the server's to answer (S3). */
export function awaitUpdate(state: State, name: ClientName, promise: string, token: Token): State {
  return withClient(state, name, { updates: [...clientOf(state, name).updates, { promise, token, request: null, isDisputed: false }] });
}
