/** Joining and leaving sharing groups on behalf of one connection (Q4, H1). */
import { encodeServerFrame } from '../protocol/codec.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import { protocolViolation } from './closes.ts';
import type { Peer } from './peer.ts';
import type { Services } from './services.ts';

type Subscribe = Extract<ClientFrame, { type: 'subscribe' }>;

export function subscribe(peer: Peer, { groups, database }: Services, { subscription, query }: Subscribe): void {
  if (peer.subscriptions.has(subscription)) {
    peer.close(protocolViolation(`There is a subscription ${JSON.stringify(subscription)} already.`));
    return;
  }
  if (!peer.isCurrent()) return;
  const group = groups.join(query, peer, subscription);
  peer.subscriptions.set(subscription, group);
  peer.sendData(() =>
    encodeServerFrame({ type: 'answer', subscription, group: group.id, version: database.version(), rows: [...group.result.values()] }),
  );
}

/** A subscription that is not there is none of anyone's concern. */
export function unsubscribe(peer: Peer, { groups }: Services, subscription: string): void {
  const group = peer.subscriptions.get(subscription);
  if (group === undefined) return;
  peer.subscriptions.delete(subscription);
  groups.leave(group, peer, subscription);
}

export function unsubscribeAll(peer: Peer, services: Services): void {
  for (const subscription of [...peer.subscriptions.keys()]) unsubscribe(peer, services, subscription);
}
