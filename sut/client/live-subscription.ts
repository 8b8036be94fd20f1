/** One subscription: what it holds of the server's rows, what it has shown last, and what it shows now (Q2, Q6). */

import type { Query } from '../../vocabulary/queries.ts';
import type { Attributes } from '../../vocabulary/values.ts';
import type { StoredRow } from '../query/types.ts';
import { sameAttributes } from '../query/value.ts';
import { prepare } from '../query/window.ts';
import type { Held } from './cache.ts';
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
  /** Later where writes became part of what it holds (Q2). */
  settledOrdinal: number;
  readonly handlers: SubscriptionHandlers;
  /** The cache keeps what it holds. */
  readonly isRemembered: boolean;
  /** The query made ready: which of the rows, in which order, from where and how many. */
  readonly select: (rows: Iterable<StoredRow>) => readonly Attributes[];
  /** False once unsubscribed: nothing is told any more. */
  isLive: boolean;
  held: ReadonlyMap<string, StoredRow>;
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

const nothing: Held['held'] = new Map();

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
  subscription.version = nothingHeard;
  subscription.isFulfilled = false;
}

/**
 * What is acknowledged becomes part of what it holds, so that nobody need keep it for a subscription that hears of no version any more (Q2).
 * The cache keeps what the server told. `lastOrdinal`: of the last acknowledged one; answers to writes come in their order.
 */
export function absorb(subscription: LiveSubscription, writes: readonly PendingWrite[], lastOrdinal: number): void {
  const acknowledged = writes.filter((write) => write.commitVersion !== undefined && isPendingFor(write, subscription));
  if (acknowledged.length === 0) return;
  subscription.held = overlay(subscription.held, subscription.collection, acknowledged);
  subscription.settledOrdinal = lastOrdinal;
}

/** Shown = limit(order(filter(held rows + own pending writes))). */
export function shownNow(subscription: LiveSubscription, writes: readonly PendingWrite[]): readonly Attributes[] {
  const pending = writes.filter((write) => isPendingFor(write, subscription));
  return subscription.select(overlay(subscription.held, subscription.collection, pending).values());
}

export function sameRows(left: readonly Attributes[] | undefined, right: readonly Attributes[]): boolean {
  if (left === undefined || left.length !== right.length) return false;
  return left.every((row, index) => {
    const other = right[index];
    return other !== undefined && sameAttributes(row, other);
  });
}
