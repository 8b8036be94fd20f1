/** The rows that a client can see without asking: what its subscriptions hold together, under its own writes (W3, `fetch`). */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { StoredRow } from '../query/types.ts';
import type { Held } from './cache.ts';
import { type LiveSubscription, selector } from './live-subscription.ts';
import { type Horizon, isPendingFor, overlay, type PendingWrite } from './pending-writes.ts';

/** Whoever holds rows of the server: a live subscription, or what is left of one; with what a live one has absorbed. */
export type Holder = Horizon & Held & Partial<Pick<LiveSubscription, 'absorbed' | 'absorbedOrdinal'>>;

/** The one that holds the row at the highest version; the first of equals. */
function freshestHolder(holders: Iterable<Holder>, collection: string, id: string): Holder | undefined {
  let freshest: Holder | undefined;
  for (const candidate of holders) {
    if (candidate.collection !== collection || !candidate.held.has(id)) continue;
    if (freshest === undefined || candidate.version > freshest.version) freshest = candidate;
  }
  return freshest;
}

/**
 * Where nobody was told of the row by the server: what own writes that are kept no longer made of nothing (Q2). Of several that absorbed some, the one that began
 * first has absorbed most: a later one may know of an update, and not of the insert before it.
 */
function absorbedRow(holders: Iterable<Holder>, collection: string, id: string): StoredRow | undefined {
  let [row, ordinal]: [StoredRow | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const holder of holders) {
    if (holder.collection !== collection || holder.absorbedOrdinal === undefined || holder.absorbedOrdinal >= ordinal) continue;
    ordinal = holder.absorbedOrdinal;
    row = holder.absorbed?.get(id) ?? undefined;
  }
  return row;
}

function rowBefore(holder: Holder, id: string): StoredRow | undefined {
  const absorbed = holder.absorbed?.get(id);
  return absorbed === undefined ? holder.held.get(id) : (absorbed ?? undefined);
}

/** The row as the client shows it: the freshest one held under the writes pending for it, else what own writes make of nothing. */
export function rowSeen(holders: Iterable<Holder>, writes: readonly PendingWrite[], collection: string, id: string): StoredRow | undefined {
  const holder = freshestHolder(holders, collection, id);
  const row = holder === undefined ? absorbedRow(holders, collection, id) : rowBefore(holder, id);
  const base: ReadonlyMap<string, StoredRow> = row === undefined ? new Map() : new Map([[id, row]]);
  const isPending = (write: PendingWrite): boolean =>
    holder === undefined ? isUnsettled(write, holders, collection) : isPendingFor(write, holder);
  const pending = writes.filter(isPending);
  return overlay(base, collection, pending).get(id);
}

/**
 * Acknowledged, a write counts only as long as some holder of this very collection has not reached its commit: one of
 * several collections may be remembered for the sake of another.
 */
function isUnsettled(write: PendingWrite, holders: Iterable<Holder>, collection: string): boolean {
  if (write.isUnseen) return false;
  if (write.commitVersion === undefined) return true;
  for (const holder of holders) if (holder.collection === collection && isPendingFor(write, holder)) return true;
  return false;
}

function idsSeen(holders: Iterable<Holder>, writes: readonly PendingWrite[], collection: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const holder of holders) {
    if (holder.collection !== collection) continue;
    for (const id of holder.held.keys()) ids.add(id);
    for (const id of holder.absorbed?.keys() ?? []) ids.add(id);
  }
  for (const { operations } of writes) {
    for (const operation of operations) if (operation.collection === collection) ids.add(operation.id);
  }
  return ids;
}

/** The result of a query over everything that is held locally. */
export function localResult(holders: readonly Holder[], writes: readonly PendingWrite[], query: Query): readonly Attributes[] {
  const rows = [...idsSeen(holders, writes, query.collection)].flatMap((id) => rowSeen(holders, writes, query.collection, id) ?? []);
  return selector(query)(rows);
}
