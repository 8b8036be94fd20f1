/**
 * What the client keeps of one accepted connection: which subscriptions it sent and is owed answers for, and which
 * group each follows. A new connection begins with a new link, so nothing of an old one can be mistaken for its own. Nor can what
 * the server still says of a subscription that has ended be mistaken for one of the same name: on the wire that one is called otherwise (Q4).
 */
import type { ClientFrame } from '../protocol/frames.ts';
import type { StoredRow } from '../query/types.ts';
import type { LiveSubscription } from './live-subscription.ts';

export interface Link {
  subscribe(subscription: LiveSubscription): void;
  unsubscribe(subscription: LiveSubscription): void;
  /** Whom an answer to that name, as it is on the wire, is for: the first one, or one anew (C5, S6, B6). Undefined: it has ended since. */
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

/** As a name may be called on the wire, at the longest. */
export function longestOnWire(name: string): string {
  return `${name}#${Number.MAX_SAFE_INTEGER}`;
}

export function createLink(send: (frame: ClientFrame) => void): Link {
  /** By name on the wire: those that have no answer yet, and their number among all that were sent. */
  const asked = new Map<string, { readonly subscription: LiveSubscription; readonly number: number }>();
  const bearers = new Map<string, LiveSubscription>();
  const wireNames = new Map<LiveSubscription, string>();
  /** Names of which the server may still say something, oldest first, each with how many subscriptions had been sent when it ended. */
  const ended = new Map<string, number>();
  let sent = 0;
  let renamed = 1;
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

  function freeName(name: string): string {
    let free = name;
    while (bearers.has(free) || ended.has(free)) {
      renamed += 1;
      free = `${name}#${renamed}`;
    }
    return free;
  }

  /** The server takes frames in order: what ended before that subscription was sent has ended for it too, and all is heard that it said of it. */
  function forgetEnded(answered: number): void {
    for (const [name, before] of ended) {
      if (before >= answered) return;
      ended.delete(name);
    }
  }

  return {
    subscribe: (subscription) => {
      const name = freeName(subscription.name);
      sent += 1;
      asked.set(name, { subscription, number: sent });
      bearers.set(name, subscription);
      wireNames.set(subscription, name);
      send({ type: 'subscribe', subscription: name, query: subscription.query });
    },
    unsubscribe: (subscription) => {
      leave(subscription);
      const name = wireNames.get(subscription);
      if (name === undefined) return;
      wireNames.delete(subscription);
      bearers.delete(name);
      ended.set(name, sent);
      send({ type: 'unsubscribe', subscription: name });
    },
    answerTo: (name) => {
      const first = asked.get(name);
      if (first === undefined) return bearers.get(name);
      asked.delete(name);
      forgetEnded(first.number);
      return first.subscription;
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
        if (wireNames.get(subscription) !== name) continue;
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
