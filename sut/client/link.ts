/**
 * What the client keeps of one accepted connection: which subscriptions it sent and is owed answers for, and which
 * group each follows. A new connection begins with a new link, so nothing of an old one can be mistaken for its own.
 */
import type { ClientFrame } from '../protocol/frames.ts';
import type { LiveSubscription } from './live-subscription.ts';

export interface Link {
  subscribe(subscription: LiveSubscription): void;
  unsubscribe(subscription: LiveSubscription): void;
  /**
   * Whom an answer to that name is for: the one that was asked for first and has none yet, for the server answers in
   * order; else the one that bears the name, which is answered anew (C5, S6).
   */
  answerTo(name: string): LiveSubscription | undefined;
  /** The server follows it no more: what is told to its group is not for it. */
  leave(subscription: LiveSubscription): void;
  /** Of that group alone from here on. */
  follow(subscription: LiveSubscription, group: string): void;
  followers(group: string): Iterable<LiveSubscription>;
  /** Every subscription that was answered on this connection. */
  answered(): Iterable<LiveSubscription>;
}

export function createLink(send: (frame: ClientFrame) => void): Link {
  const asked = new Map<string, LiveSubscription[]>();
  const bearers = new Map<string, LiveSubscription>();
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
      bearers.set(name, subscription);
      send({ type: 'subscribe', subscription: name, query });
    },
    unsubscribe: (subscription) => {
      leave(subscription);
      if (bearers.get(subscription.name) === subscription) bearers.delete(subscription.name);
      send({ type: 'unsubscribe', subscription: subscription.name });
    },
    answerTo: (name) => {
      const [oldest, ...younger] = asked.get(name) ?? [];
      if (younger.length === 0) asked.delete(name);
      else asked.set(name, younger);
      return oldest ?? bearers.get(name);
    },
    leave,
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
