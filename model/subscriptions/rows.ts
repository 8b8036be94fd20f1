/** The rows behind a subscription: those of its last answer, under the writes that are pending for it (Q2). */
import type { Row, Value } from '../../vocabulary/values.ts';
import type { ClientState, Subscription } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { State } from '../state.ts';
import type { Change, Write } from '../writes/changes.ts';
import { isWithin, rowsAt } from '../writes/lineage.ts';
import { applyAll, type Rows } from '../writes/log.ts';
import { isSet } from './evaluate.ts';
import { windowOf } from './window.ts';

/** Held rows at version v + own pending writes (Q2). */
export function rowsBehind(state: State, client: ClientState, subscription: Subscription): Rows {
  return applyAll(heldRows(state, subscription), changesIn(pendingFor(state, client, subscription)));
}

/** The rows of the last answer: what the query and the permit let through at that version. */
export function heldRows(state: State, { query, held }: Pick<Subscription, 'query' | 'held'>): Rows {
  return held === null ? {} : windowOf(query, held.permit, rowsAt(state, held));
}

export function pendingFor(state: State, client: ClientState, subscription: Subscription): readonly Write[] {
  return client.writes.filter((write) => {
    if (write.isRolledBack || write.isUnseen || subscription.ignoredWrites.includes(write.key)) return false;
    if (write.waitsAgain && !write.acknowledged) return true;
    if (subscription.held === null || write.decided === null || write.decided.error !== null) return true;
    return !isWithin(state, write.decided, subscription.held);
  });
}

export function changesIn(writes: readonly Write[]): readonly Change[] {
  return writes.flatMap((write) => write.changes);
}

export function sameRows(left: readonly Row[], right: readonly Row[]): boolean {
  return left.length === right.length && left.every((row, index) => sameRow(row, right[index]));
}

function sameRow(left: Row, right: Row | undefined): boolean {
  if (right === undefined) return false;
  const attributes = Object.keys(left);
  return (
    attributes.length === Object.keys(right).length &&
    attributes.every((attribute) => Object.hasOwn(right, attribute) && sameValue(entryOf(left, attribute), entryOf(right, attribute)))
  );
}

function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  if (!isSet(left) || !isSet(right)) return left === right;
  return left.length === right.length && left.every((member, index) => member === right[index]);
}
