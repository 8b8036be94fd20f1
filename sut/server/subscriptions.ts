/** Joining, leaving and changing sharing groups on behalf of one connection (Q4, H1): what it asks for, as far as it may read. */
import type { Query } from '../../vocabulary/queries.ts';
import { type BoundName, limitExceeded, sayBound } from '../protocol/bounds.ts';
import { encodeServerFrame } from '../protocol/codec.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import { boundBrokenByQuery } from '../protocol/query-bounds.ts';
import { weightOf } from '../protocol/query-weight.ts';
import { quoted } from '../protocol/quoted.ts';
import { type NormalForm, normalForm } from '../query/normal-form.ts';
import { readFilter } from '../schema/permissions.ts';
import { protocolViolation } from './closes.ts';
import { accountOf, countRefusal } from './counters.ts';
import type { Group, SubscriptionError } from './group.ts';
import type { Spent } from './observer.ts';
import type { Peer, Session } from './peer.ts';
import { answerFrames, type Encoded, encodeRows } from './row-frames.ts';
import type { Services } from './services.ts';

type Subscribe = Extract<ClientFrame, { type: 'subscribe' }>;

/** Of the query as this session may see it now. */
function formOf({ database }: Services, { token }: Session, query: Query): NormalForm {
  return normalForm(query, readFilter(database.schema(), query.collection, token.claims), database.schemaVersion());
}

/** The rows that are told in one breath, as text, by the key of their group: what many are told is made text once (H5). */
export type RowsOfBreath = Map<string, Encoded>;

/** A name that is in use keeps its place in the order of subscriptions. `former`: the group that it followed until now. */
function follow(
  peer: Peer,
  services: Services,
  { subscription, query, form }: { readonly subscription: string; readonly query: Query; readonly form: NormalForm },
  told: RowsOfBreath,
  former?: string,
): void {
  const spent = accountOf(services.counters);
  const group = services.groups.join(form, peer, subscription);
  peer.subscriptions.set(subscription, { query, weight: weightOf(query), group });
  answer(peer, services, { subscription, group, former }, told, spent);
}

interface Answered {
  readonly subscription: string;
  readonly group: Group;
  readonly former: string | undefined;
}

/** Where there is no answer to give, it is followed no more. */
function answer(peer: Peer, services: Services, { subscription, group, former }: Answered, told: RowsOfBreath, spent: () => Spent): void {
  const { groups, database, observer } = services;
  const encoded = told.get(group.key) ?? encodeRows(group.window.rows(), services);
  told.set(group.key, encoded);
  observer.onAnswerSpent(peer.label, subscription, spent());
  if ('texts' in encoded) {
    const frames = answerFrames({ subscription, group: group.id, version: database.version() }, encoded.texts);
    for (const frame of frames) peer.sendData(() => frame);
    return;
  }
  groups.leave(group, peer, subscription);
  peer.subscriptions.delete(subscription);
  fail(peer, subscription, encoded.error, former);
}

/** It was spared updates while it was behind: all that it follows is answered at one version (B6). */
export function answerAgain(peer: Peer, services: Services): void {
  const told: RowsOfBreath = new Map();
  for (const [subscription, { group }] of [...peer.subscriptions]) {
    answer(peer, services, { subscription, group, former: group.id }, told, accountOf(services.counters));
  }
}

export function subscribe(peer: Peer, services: Services, session: Session, { subscription, query }: Subscribe): void {
  if (peer.subscriptions.has(subscription)) {
    peer.close(protocolViolation(`There is a subscription ${quoted(subscription)} already.`));
    return;
  }
  if (!peer.isCurrent()) return;
  const broken = boundBrokenBy(peer, services, query);
  if (broken === undefined) follow(peer, services, { subscription, query, form: formOf(services, session, query) }, new Map());
  else {
    countRefusal(services.counters, broken);
    fail(peer, subscription, { name: limitExceeded, message: sayBound(broken, services.bounds) });
  }
}

function boundBrokenBy({ subscriptions }: Peer, { bounds }: Services, query: Query): BoundName | undefined {
  if (subscriptions.size >= bounds.subscriptionsMax) return 'subscriptionsMax';
  const broken = boundBrokenByQuery(query, bounds);
  if (broken !== undefined) return broken;
  let followed = weightOf(query);
  for (const { weight } of subscriptions.values()) followed += weight;
  return followed > bounds.followedWeightMax ? 'followedWeightMax' : undefined;
}

/** This subscription alone: whatever else the connection follows goes on (B4). */
function fail(peer: Peer, subscription: string, error: SubscriptionError, group?: string): void {
  peer.sendData(() => encodeServerFrame({ type: 'subscriptionFailed', subscription, group, error }), group !== undefined);
}

/**
 * After its claims or the schema changed: subscriptions that see something else now leave their groups and are answered
 * anew, in the order in which they were made; the others are left alone (S6, C5). `told`: what others were told in this breath.
 */
export function regroup(peer: Peer, services: Services, told: RowsOfBreath = new Map()): void {
  if (!peer.isCurrent()) return;
  for (const [subscription, { query, group }] of [...peer.subscriptions]) {
    const state = peer.state();
    // It may end on the way: its token may expire, or sending fail.
    if (state.phase !== 'open') return;
    const form = formOf(services, state.session, query);
    if (form.key === group.key) continue;
    services.groups.leave(group, peer, subscription);
    follow(peer, services, { subscription, query, form }, told, group.id);
  }
}

/** A subscription that is not there is none of anyone's concern. */
export function unsubscribe(peer: Peer, { groups }: Services, subscription: string): void {
  const followed = peer.subscriptions.get(subscription);
  if (followed === undefined) return;
  peer.subscriptions.delete(subscription);
  groups.leave(followed.group, peer, subscription);
}

export function unsubscribeAll(peer: Peer, services: Services): void {
  for (const subscription of [...peer.subscriptions.keys()]) unsubscribe(peer, services, subscription);
}
