/** One subscription: what it holds of the server's rows, what it has shown last, and what it shows now (Q2, Q6). */
import { compileFilter } from '../query/filter.ts';
import { compareRows } from '../query/order.ts';
import type { Attributes, Query, StoredRow } from '../query/types.ts';
import { sameAttributes } from '../query/value.ts';
import { isPendingFor, nothingHeard, overlay, type PendingWrite } from './pending-writes.ts';

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
  readonly collection: string;
  readonly settledSequence: number;
  readonly handlers: SubscriptionHandlers;
  /** The query made ready: which of the rows, in which order. */
  readonly select: (rows: Iterable<StoredRow>) => readonly Attributes[];
  /** False once unsubscribed: nothing is told any more. */
  isLive: boolean;
  held: ReadonlyMap<string, StoredRow>;
  version: number;
  /** Answered in this session. */
  isFulfilled: boolean;
  lastShown: readonly Attributes[] | undefined;
  /** The next emission is due whether or not the rows differ. */
  mustShow: boolean;
  /** The answer that fulfilled it is still to be told by `onRemoteFulfilled`. */
  mustTellFulfilment: boolean;
}

export function selector(query: Query): LiveSubscription['select'] {
  const passes = compileFilter(query.where);
  const compare = compareRows(query.order);
  return (rows) => {
    const passing: Attributes[] = [];
    for (const { attributes } of rows) if (passes(attributes)) passing.push(attributes);
    return passing.sort(compare);
  };
}

export function createLiveSubscription(
  name: string,
  query: Query,
  settledSequence: number,
  handlers: SubscriptionHandlers,
): LiveSubscription {
  return {
    name,
    query,
    collection: query.collection,
    settledSequence,
    handlers,
    select: selector(query),
    isLive: true,
    held: new Map(),
    version: nothingHeard,
    isFulfilled: false,
    lastShown: undefined,
    mustShow: true,
    mustTellFulfilment: false,
  };
}

/** Shown = order(filter(held rows + own pending writes)). */
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
