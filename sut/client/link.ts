/**
 * What the client keeps of one accepted connection: which subscriptions it sent and is owed answers for, and which
 * group each follows. A new connection begins with a new link, so nothing of an old one can be mistaken for its own.
 */
import type { ClientFrame } from '../protocol/frames.ts';
import type { LiveSubscription } from './live-subscription.ts';

export interface Link {
  subscribe(subscription: LiveSubscription): void;
  unsubscribe(subscription: LiveSubscription): void;
  /** Whom an answer to that name is for. The server answers in order, so a name used again is no confusion. */
  takeAsked(name: string): LiveSubscription | undefined;
  follow(subscription: LiveSubscription, group: string): void;
  followers(group: string): Iterable<LiveSubscription>;
  /** Every subscription that was answered on this connection. */
  answered(): Iterable<LiveSubscription>;
}

export function createLink(send: (frame: ClientFrame) => void): Link {
  const asked = new Map<string, LiveSubscription[]>();
  const groups = new Map<string, Set<LiveSubscription>>();
  const groupOf = new Map<LiveSubscription, string>();

  function leave(subscription: LiveSubscription): void {
    const group = groupOf.get(subscription);
    if (group === undefined) return;
    groupOf.delete(subscription);
    const members = groups.get(group);
    members?.delete(subscription);
    if (members?.size === 0) groups.delete(group);
  }

  return {
    subscribe: (subscription) => {
      const { name, query } = subscription;
      asked.set(name, [...(asked.get(name) ?? []), subscription]);
      const { collection, where, order } = query;
      send({ type: 'subscribe', subscription: name, query: { collection, where, order } });
    },
    unsubscribe: (subscription) => {
      leave(subscription);
      send({ type: 'unsubscribe', subscription: subscription.name });
    },
    takeAsked: (name) => {
      const [oldest, ...younger] = asked.get(name) ?? [];
      if (younger.length === 0) asked.delete(name);
      else asked.set(name, younger);
      return oldest;
    },
    follow: (subscription, group) => {
      leave(subscription);
      groupOf.set(subscription, group);
      const members = groups.get(group) ?? new Set();
      groups.set(group, members.add(subscription));
    },
    followers: (group) => groups.get(group) ?? [],
    answered: () => groupOf.keys(),
  };
}
