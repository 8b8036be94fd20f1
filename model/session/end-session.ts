/** `endSession`: nothing is left of the session (S10). */
import { clientOf, settle, withClient, withStatus } from '../change.ts';
import type { CommandHandler, Promising } from '../command-handler.ts';
import { detached, releasePromises } from './session.ts';

export const endSession: CommandHandler<Promising> = {
  rule: 'S10',
  take: (state, name, { promise }) => {
    const resolved = settle(state, name, promise, null);
    if (clientOf(state, name).session === null) return resolved;
    const left = state.decisions.leaveSession(releasePromises(resolved, name), name);
    return withStatus(withClient(left, name, { ...detached(clientOf(left, name)), session: null }), name, 'UNINITIALIZED');
  },
};
