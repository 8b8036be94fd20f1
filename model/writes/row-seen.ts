/** Which row a write sees (W3). */
import type { ClientState } from '../client-state.ts';
import type { State } from '../state.ts';
import { changesIn, heldRows, pendingFor } from '../subscriptions/rows.ts';
import type { Change, Write } from './changes.ts';
import { applyAll, keyOf, type StoredRow } from './log.ts';

/**
 * The row that an update or delete sees (W3): held by the live subscription with the highest version, under the writes
 * pending for it; where none holds it, what the client's own pending writes make of nothing. Earlier operations of the same
 * transaction count as pending.
 */
export function rowSeen(
  state: State,
  client: ClientState,
  collection: string,
  id: string,
  earlier: readonly Change[],
): StoredRow | undefined {
  const key = keyOf(collection, id);
  const subscriptions = Object.values(client.subscriptions).filter((subscription) => subscription.query.collection === collection);
  const holders = subscriptions.filter((subscription) => key in heldRows(state, subscription));
  const [freshest] = [...holders].sort((left, right) => (right.held?.version ?? 0) - (left.held?.version ?? 0));
  if (freshest !== undefined)
    return applyAll(heldRows(state, freshest), [...changesIn(pendingFor(state, client, freshest)), ...earlier])[key];
  const pendingSomewhere = new Set<Write>(subscriptions.flatMap((subscription) => pendingFor(state, client, subscription)));
  const pending = client.writes.filter(
    (candidate) => !candidate.isRolledBack && !candidate.isUnseen && (!candidate.acknowledged || pendingSomewhere.has(candidate)),
  );
  return applyAll({}, [...changesIn(pending), ...earlier])[key];
}
