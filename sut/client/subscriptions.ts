/**
 * All live subscriptions of a client (Q2–Q6): takes in what the server tells of them and emits where what they show
 * has changed, at most once for each change.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { BoundName, Bounds } from '../protocol/bounds.ts';
import { type FrameLimits, isTooLong } from '../protocol/codec.ts';
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts';
import { boundBrokenByQuery } from '../protocol/query-bounds.ts';
import { weightOf } from '../protocol/query-weight.ts';
import { idOf } from '../query/row.ts';
import type { Cache } from './cache.ts';
import { InvalidQueryError, LimitExceededError, RemoteError, SubscriptionNameInUseError } from './errors.ts';
import { createLink, type Link, longestOnWire } from './link.ts';
import {
  absorb,
  createLiveSubscription,
  empty,
  forgetAbsorbed,
  type LiveSubscription,
  type SubscriptionHandlers,
  sameRows,
  shownNow,
} from './live-subscription.ts';
import { isPendingFor, nothingHeard, type PendingWrite } from './pending-writes.ts';
import { plainQuery } from './plain-query.ts';
import type { Turns } from './turns.ts';

type Frame<Type extends ServerFrame['type']> = Extract<ServerFrame, { readonly type: Type }>;

/** The writes as the subscriptions need them; the outbox has them. */
export interface WritesView {
  /** Calls one of them back when storage has been read, at once where it has been. */
  identify(onKnown: () => void, onFailed: () => void): void;
  writes(): readonly PendingWrite[];
  lastAcknowledgedOrdinal(): number;
  forgetUnless(isNeeded: (write: PendingWrite) => boolean): void;
}

export interface SubscriptionOptions {
  /** How it is called on the wire, instead of a name of its own. */
  readonly name?: string | undefined;
  /** Whether the cache keeps what it holds; default true. */
  readonly isRemembered?: boolean;
}

export interface Subscriptions {
  /** @throws InvalidQueryError for a query that is none, or longer than the server takes; SubscriptionNameInUseError; LimitExceededError (B4) */
  subscribe(query: Query, handlers: SubscriptionHandlers, options?: SubscriptionOptions): () => void;
  /** In order of `subscribe`. */
  all(): Iterable<LiveSubscription>;
  /** The connection is accepted: everything is asked for. */
  connect(send: (frame: ClientFrame) => void): void;
  /** The connection is over. */
  disconnect(): void;
  onNewSession(): void;
  onAnswerPart(frame: Frame<'answerPart'>): void;
  onAnswer(frame: Frame<'answer'>): void;
  onFailure(frame: Frame<'subscriptionFailed'>): void;
  onUpdate(frame: Frame<'update'>): void;
  onProgress(frame: Frame<'progress'>): void;
  /** Storage has been read: what it held of the cache is there. */
  onLoaded(): void;
  /** The client begins anew: nothing that was held counts any more (K1). */
  clear(): void;
  /** Own writes in these collections came, went or were acknowledged. */
  onWrites(collections: ReadonlySet<string>): void;
}

export function createSubscriptions(
  turns: Turns,
  outbox: WritesView,
  cache: Cache,
  limits: FrameLimits & { readonly bounds: Bounds },
): Subscriptions {
  const live = new Set<LiveSubscription>();
  const names = new Set<string>();
  const toConsider = new Set<LiveSubscription>();
  let link: Link | undefined;
  /** What all that is live weighs (B4). */
  let weight = 0;
  let named = 0;

  /** Emits at the end of the turn what differs from what was shown last. */
  function consider(subscription: LiveSubscription): void {
    if (toConsider.has(subscription)) return;
    toConsider.add(subscription);
    turns.tell(() => {
      toConsider.delete(subscription);
      show(subscription);
      tellFulfilment(subscription);
    });
  }

  function show(subscription: LiveSubscription): void {
    if (!subscription.isLive) return;
    const rows = shownNow(subscription, outbox.writes());
    if (!subscription.mustShow && sameRows(subscription.lastShown, rows)) return;
    subscription.mustShow = false;
    subscription.lastShown = rows;
    const hasRemoteFulfilled = subscription.isFulfilled;
    turns.call(() => subscription.handlers.onResults(rows, { hasRemoteFulfilled }));
  }

  function tellFulfilment(subscription: LiveSubscription): void {
    if (!subscription.isLive || !subscription.mustTellFulfilment) return;
    subscription.mustTellFulfilment = false;
    turns.call(() => subscription.handlers.onRemoteFulfilled());
  }

  /** What the server tells of it: kept from this moment on. */
  function hold(subscription: LiveSubscription, held: LiveSubscription['held'], version: number): void {
    subscription.held = held;
    forgetAbsorbed(subscription);
    subscription.version = version;
    if (subscription.isRemembered) cache.remember(subscription.text, subscription);
  }

  /** Begins with what a subscription to the very same query held last. */
  function recall(subscription: LiveSubscription): void {
    const cached = cache.recall(subscription.text);
    if (cached === undefined) return;
    subscription.held = cached.held;
    subscription.version = cached.version;
  }

  /** A name of its own, which no user has given to another. */
  function freeName(): string {
    let number = named + 1;
    while (names.has(`s${number}`)) number += 1;
    return `s${number}`;
  }

  /** What the server would not follow. */
  function boundBrokenBy(query: Query): BoundName | undefined {
    const { bounds } = limits;
    if (live.size >= bounds.subscriptionsMax) return 'subscriptionsMax';
    const broken = boundBrokenByQuery(query, bounds);
    if (broken !== undefined) return broken;
    return weight + weightOf(query) > bounds.followedWeightMax ? 'followedWeightMax' : undefined;
  }

  function forgetWrites(): void {
    for (const subscription of live) if (subscription.isFailed) absorb(subscription, outbox.writes(), outbox.lastAcknowledgedOrdinal());
    outbox.forgetUnless((write) => {
      for (const subscription of live) if (isPendingFor(write, subscription)) return true;
      return false;
    });
  }

  function unsubscribe(subscription: LiveSubscription): void {
    if (!subscription.isLive) return;
    subscription.isLive = false;
    live.delete(subscription);
    weight -= weightOf(subscription.query);
    names.delete(subscription.name);
    link?.unsubscribe(subscription);
    forgetWrites();
  }

  return {
    subscribe: (asked, handlers, { name = freeName(), isRemembered = true } = {}) => {
      const query = plainQuery(asked);
      if (names.has(name)) throw new SubscriptionNameInUseError(name);
      if (isTooLong({ type: 'subscribe', subscription: longestOnWire(name), query }, limits)) {
        throw new InvalidQueryError(`a query may take ${limits.frameBytesMax} bytes at most`);
      }
      const broken = boundBrokenBy(query);
      if (broken !== undefined) throw new LimitExceededError(broken, limits.bounds);
      named += 1;
      const settledOrdinal = outbox.lastAcknowledgedOrdinal();
      const subscription = createLiveSubscription({ name, query, settledOrdinal, handlers, isRemembered });
      recall(subscription);
      live.add(subscription);
      weight += weightOf(query);
      names.add(name);
      link?.subscribe(subscription);
      const begin = (): void => consider(subscription);
      // Not inside the call, so that the callback may use what `subscribe` returns.
      queueMicrotask(() => turns.run(() => outbox.identify(begin, begin)));
      return () => turns.run(() => unsubscribe(subscription));
    },
    all: () => live,
    connect: (send) => {
      link = createLink(send);
      for (const subscription of live) {
        subscription.isFailed = false;
        link.subscribe(subscription);
      }
    },
    disconnect: () => {
      link = undefined;
    },
    onNewSession: () => {
      for (const subscription of live) subscription.isFulfilled = false;
    },
    onAnswerPart: ({ subscription, rows }) => link?.addPart(subscription, rows),
    onAnswer: ({ subscription: name, group, version, rows }) => {
      const subscription = link?.answerTo(name);
      const earlier = link?.takeParts(name) ?? [];
      if (subscription === undefined || !subscription.isLive) return;
      subscription.isFailed = false;
      link?.follow(subscription, group);
      hold(subscription, new Map([...earlier, ...rows].map((row) => [idOf(row), row])), version);
      if (!subscription.isFulfilled) {
        subscription.isFulfilled = true;
        subscription.mustShow = true;
        subscription.mustTellFulfilment = true;
      }
      consider(subscription);
      forgetWrites();
    },
    onFailure: ({ subscription: name, group, error }) => {
      const subscription = group === undefined ? link?.answerTo(name) : link?.drop(name, group);
      if (subscription === undefined) return;
      // It may have been answered on an earlier connection: what it shows is not the server's any more (Q6).
      subscription.isFulfilled = false;
      subscription.isFailed = true;
      forgetWrites();
      turns.tell(() => {
        if (subscription.isLive) turns.call(() => subscription.handlers.onError(new RemoteError(error)));
      });
    },
    onUpdate: ({ group, version, upserts, removals }) => {
      for (const subscription of link?.followers(group) ?? []) {
        if (version <= subscription.version) continue;
        const held = new Map(subscription.held);
        for (const id of removals) held.delete(id);
        for (const row of upserts) held.set(idOf(row), row);
        hold(subscription, held, version);
        consider(subscription);
      }
      forgetWrites();
    },
    onProgress: ({ version }) => {
      const isWaitedFor = outbox.writes().length > 0;
      for (const subscription of link?.answered() ?? []) {
        if (version > subscription.version) hold(subscription, subscription.held, version);
        if (isWaitedFor) consider(subscription);
      }
      forgetWrites();
    },
    onLoaded: () => {
      for (const subscription of live) if (subscription.version === nothingHeard) recall(subscription);
    },
    clear: () => {
      cache.forgetAll();
      for (const subscription of live) {
        empty(subscription);
        consider(subscription);
      }
    },
    onWrites: (collections) => {
      for (const subscription of live) if (collections.has(subscription.collection)) consider(subscription);
      forgetWrites();
    },
  };
}
