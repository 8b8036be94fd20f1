/**
 * What the client keeps of one accepted connection: which subscriptions it sent and is owed answers for, and which
 * group each follows. A new connection begins with a new link, so nothing of an old one can be mistaken for its own.
 */
import type { ClientFrame } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';
import type { LiveSubscription } from './live-subscription.ts';

export interface Link {
  subscribe(subscription: LiveSubscription): void;
  unsubscribe(subscription: LiveSubscription): void;
  /**
   * Whom an answer to that name is for: the one that was asked for first and has none yet, for the server answers in
   * order; else the one that bears the name, which is answered anew (C5, S6).
   */
  answerTo(name: string): LiveSubscription | undefined;
  /** Rows of an answer to that name that is not whole yet; with the link they are gone (Q7). */
  addPart(name: string, rows: readonly StoredRow[]): void;
  /** The answer to that name is whole: the rows of its parts, which count for no other answer. */
  takeParts(name: string): readonly StoredRow[];
  /** The server follows it no more (B4). Undefined where it has left the group itself. */
  drop(name: string, group: string): LiveSubscription | undefined;
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
  const parts = new Map<string, StoredRow[]>();

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
    addPart: (name, rows) => {
      const held = parts.get(name) ?? [];
      for (const row of rows) held.push(row);
      parts.set(name, held);
    },
    takeParts: (name) => {
      const rows = parts.get(name) ?? [];
      parts.delete(name);
      return rows;
    },
    drop: (name, group) => {
      for (const subscription of groups.get(group) ?? []) {
        if (subscription.name !== name) continue;
        leave(subscription);
        return subscription;
      }
      return undefined;
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
