/**
 * All live subscriptions of a client (Q2–Q6): takes in what the server tells of them and emits where what they show
 * has changed, at most once for each change.
 */
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts';
import type { Query, StoredRow } from '../query/types.ts';
import { RemoteError } from './errors.ts';
import { createLink, type Link } from './link.ts';
import { createLiveSubscription, type LiveSubscription, type SubscriptionHandlers, sameRows, shownNow } from './live-subscription.ts';
import { isPendingFor, type PendingWrite } from './pending-writes.ts';
import type { Turns } from './turns.ts';

type Frame<Type extends ServerFrame['type']> = Extract<ServerFrame, { readonly type: Type }>;

/** The writes as the subscriptions need them; the outbox has them. */
export interface WritesView {
  writes(): readonly PendingWrite[];
  lastAcknowledgedSequence(): number;
  forgetUnless(isNeeded: (write: PendingWrite) => boolean): void;
}

export interface Subscriptions {
  /** `name`: how it is called on the wire, instead of a name of its own. */
  subscribe(query: Query, handlers: SubscriptionHandlers, name: string | undefined): () => void;
  /** In order of `subscribe`. */
  all(): Iterable<LiveSubscription>;
  /** The connection is accepted: everything is asked for. */
  connect(send: (frame: ClientFrame) => void): void;
  /** The connection is over. */
  disconnect(): void;
  onNewSession(): void;
  onAnswer(frame: Frame<'answer'>): void;
  onFailure(frame: Frame<'subscriptionFailed'>): void;
  onUpdate(frame: Frame<'update'>): void;
  onProgress(frame: Frame<'progress'>): void;
  /** Own writes in these collections came, went or were acknowledged. */
  onWrites(collections: ReadonlySet<string>): void;
}

export function createSubscriptions(turns: Turns, outbox: WritesView): Subscriptions {
  const live = new Set<LiveSubscription>();
  const toConsider = new Set<LiveSubscription>();
  let link: Link | undefined;
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
    subscription.handlers.onResults(rows, { hasRemoteFulfilled: subscription.isFulfilled });
  }

  function tellFulfilment(subscription: LiveSubscription): void {
    if (!subscription.isLive || !subscription.mustTellFulfilment) return;
    subscription.mustTellFulfilment = false;
    subscription.handlers.onRemoteFulfilled();
  }

  function advance(subscription: LiveSubscription, version: number): void {
    subscription.version = Math.max(subscription.version, version);
  }

  function forgetWrites(): void {
    outbox.forgetUnless((write) => {
      for (const subscription of live) if (isPendingFor(write, subscription)) return true;
      return false;
    });
  }

  function unsubscribe(subscription: LiveSubscription): void {
    if (!subscription.isLive) return;
    subscription.isLive = false;
    live.delete(subscription);
    link?.unsubscribe(subscription);
    forgetWrites();
  }

  return {
    subscribe: (query, handlers, name) => {
      named += 1;
      const subscription = createLiveSubscription(name ?? `s${named}`, query, outbox.lastAcknowledgedSequence(), handlers);
      live.add(subscription);
      link?.subscribe(subscription);
      // Not inside the call, so that the callback may use what `subscribe` returns.
      queueMicrotask(() => turns.run(() => consider(subscription)));
      return () => turns.run(() => unsubscribe(subscription));
    },
    all: () => live,
    connect: (send) => {
      link = createLink(send);
      for (const subscription of live) link.subscribe(subscription);
    },
    disconnect: () => {
      link = undefined;
    },
    onNewSession: () => {
      for (const subscription of live) subscription.isFulfilled = false;
    },
    onAnswer: ({ subscription: name, group, version, rows }) => {
      const subscription = link?.takeAsked(name);
      if (subscription === undefined || !subscription.isLive) return;
      link?.follow(subscription, group);
      subscription.held = new Map(rows.map((row) => [idOf(row), row]));
      subscription.version = version;
      if (!subscription.isFulfilled) {
        subscription.isFulfilled = true;
        subscription.mustShow = true;
        subscription.mustTellFulfilment = true;
      }
      consider(subscription);
      forgetWrites();
    },
    onFailure: ({ subscription: name, error }) => {
      const subscription = link?.takeAsked(name);
      if (subscription === undefined) return;
      turns.tell(() => {
        if (subscription.isLive) subscription.handlers.onError(new RemoteError(error));
      });
    },
    onUpdate: ({ group, version, upserts, removals }) => {
      for (const subscription of link?.followers(group) ?? []) {
        if (version <= subscription.version) continue;
        const held = new Map(subscription.held);
        for (const id of removals) held.delete(id);
        for (const row of upserts) held.set(idOf(row), row);
        subscription.held = held;
        subscription.version = version;
        consider(subscription);
      }
      forgetWrites();
    },
    onProgress: ({ version }) => {
      const isWaitedFor = outbox.writes().length > 0;
      for (const subscription of link?.answered() ?? []) {
        advance(subscription, version);
        if (isWaitedFor) consider(subscription);
      }
      forgetWrites();
    },
    onWrites: (collections) => {
      for (const subscription of live) if (collections.has(subscription.collection)) consider(subscription);
      forgetWrites();
    },
  };
}

function idOf({ attributes }: StoredRow): string {
  return String(attributes.id);
}
