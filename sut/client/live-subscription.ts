/** One subscription: what it holds of the server's rows, what it has shown last, and what it shows now (Q2, Q6). */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { StoredRow } from '../query/types.ts';
import { sameAttributes } from '../query/value.ts';
import { prepare } from '../query/window.ts';
import { isPendingFor, nothingHeard, overlay, type PendingWrite } from './pending-writes.ts';
import { queryText } from './plain-query.ts';

export interface ResultsInfo {
  /** Whether the server has answered in this session (Q6). */
  readonly hasRemoteFulfilled: boolean;
}
export interface SubscriptionHandlers {
  onResults(rows: readonly Attributes[], info: ResultsInfo): void;
  onError(error: Error): void;
  onRemoteFulfilled(): void;
}

export interface LiveSubscription {
  /** Its name on the wire. */
  readonly name: string;
  readonly query: Query;
  /** By which the cache knows the query. */
  readonly text: string;
  readonly collection: string;
  /** Later where writes were absorbed (Q2). */
  settledOrdinal: number;
  readonly handlers: SubscriptionHandlers;
  /** The cache keeps what it holds. */
  readonly isRemembered: boolean;
  /** The query made ready: which of the rows, in which order, from where and how many. */
  readonly select: (rows: Iterable<StoredRow>) => readonly Attributes[];
  /** False once unsubscribed: nothing is told any more. */
  isLive: boolean;
  /** The rows that the server told it last. */
  held: ReadonlyMap<string, StoredRow>;
  /** What acknowledged writes have made of rows since (Q2), by id; null: none is there. Empty but where the server does not follow it. */
  absorbed: ReadonlyMap<string, StoredRow | null>;
  /** The first write that was. */
  absorbedOrdinal: number;
  version: number;
  /** Answered in this session. */
  isFulfilled: boolean;
  /** The server has said on this connection that it does not follow it (B4): it hears of no version any more. */
  isFailed: boolean;
  lastShown: readonly Attributes[] | undefined;
  /** The next emission is due whether or not the rows differ. */
  mustShow: boolean;
  /** The answer that fulfilled it is still to be told by `onRemoteFulfilled`. */
  mustTellFulfilment: boolean;
}

export function selector(query: Query): LiveSubscription['select'] {
  const { select } = prepare(query);
  return (rows) => select(rows).map(({ attributes }) => attributes);
}

const nothing: ReadonlyMap<string, StoredRow> = new Map();

export function createLiveSubscription(
  begun: Pick<LiveSubscription, 'name' | 'query' | 'settledOrdinal' | 'handlers' | 'isRemembered'>,
): LiveSubscription {
  const { query } = begun;
  return {
    ...begun,
    text: queryText(query),
    collection: query.collection,
    select: selector(query),
    isLive: true,
    held: nothing,
    absorbed: nothing,
    absorbedOrdinal: Number.POSITIVE_INFINITY,
    version: nothingHeard,
    isFulfilled: false,
    isFailed: false,
    lastShown: undefined,
    mustShow: true,
    mustTellFulfilment: false,
  };
}

/** The client is as new (K1): nothing is held, nothing was heard. */
export function empty(subscription: LiveSubscription): void {
  subscription.held = nothing;
  forgetAbsorbed(subscription);
  subscription.version = nothingHeard;
  subscription.isFulfilled = false;
}

/**
 * What is acknowledged becomes part of what it shows, so that nobody need keep the writes for a subscription that hears of no version any more (Q2): what
 * is kept grows with rows. What the server told stays as it is. `lastOrdinal`: of the last acknowledged one; answers to writes come in their order.
 */
export function absorb(subscription: LiveSubscription, writes: readonly PendingWrite[], lastOrdinal: number): void {
  const { collection } = subscription;
  const acknowledged = writes.filter((write) => write.commitVersion !== undefined && isPendingFor(write, subscription));
  const [first] = acknowledged;
  if (first === undefined) return;
  const rows = overlay(rowsBehind(subscription), collection, acknowledged);
  const operations = acknowledged.flatMap((write) => write.operations).filter((operation) => operation.collection === collection);
  const changed = operations.map(({ id }): [string, StoredRow | null] => [id, rows.get(id) ?? null]);
  subscription.absorbed = new Map([...subscription.absorbed, ...changed]);
  subscription.absorbedOrdinal = Math.min(subscription.absorbedOrdinal, first.ordinal);
  subscription.settledOrdinal = lastOrdinal;
}

/** The server has told it what there is now. */
export function forgetAbsorbed(subscription: LiveSubscription): void {
  subscription.absorbed = nothing;
  subscription.absorbedOrdinal = Number.POSITIVE_INFINITY;
}

/** What it holds, and what was absorbed over it. */
function rowsBehind({ held, absorbed }: LiveSubscription): ReadonlyMap<string, StoredRow> {
  if (absorbed.size === 0) return held;
  const rows = new Map(held);
  for (const [id, row] of absorbed) {
    if (row === null) rows.delete(id);
    else rows.set(id, row);
  }
  return rows;
}

/** Shown = limit(order(filter(held rows + own pending writes))). */
export function shownNow(subscription: LiveSubscription, writes: readonly PendingWrite[]): readonly Attributes[] {
  const pending = writes.filter((write) => isPendingFor(write, subscription));
  return subscription.select(overlay(rowsBehind(subscription), subscription.collection, pending).values());
}

export function sameRows(left: readonly Attributes[] | undefined, right: readonly Attributes[]): boolean {
  if (left === undefined || left.length !== right.length) return false;
  return left.every((row, index) => {
    const other = right[index];
    return other !== undefined && sameAttributes(row, other);
  });
}
