/** Calls that need storage while it could not be read (K3). */
import { clientOf, withClient } from '../change.ts';
import type { WaitingCall } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import type { State } from '../state.ts';

/** Storage is asked again; the call is taken when it is read. */
export function waitForStorage(state: State, name: ClientName, call: WaitingCall): State {
  const { unread } = clientOf(state, name);
  return unread === null ? state : withClient(state, name, { unread: { ...unread, waiting: [...unread.waiting, call] } });
}
