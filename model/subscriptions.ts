/** What each subscription may show, and in which order (Q2, Q3, Q4, Q6): every possible result since the last emission is kept as a candidate. */
import type { ClientName } from './actions.ts';
import { clientOf, withClient } from './change.ts';
import { isSet, resultOf, satisfiesAll } from './evaluate.ts';
import { apply, type Rows, rowsOf } from './log.ts';
import type { Query, Row, Value } from './query.ts';
import { reject } from './rejection.ts';
import type { Candidate, ClientState, State, Subscription, Write } from './state.ts';

export function subscribe(state: State, name: ClientName, subscription: string, query: Query): State {
  const client = clientOf(state, name);
  const begun: Subscription = {
    query,
    held: null,
    ignoredSequences: client.writes.filter((write) => write.acknowledged).map((write) => write.sequence),
    fulfilled: false,
    answeredOn: null,
    shown: null,
    candidates: [],
    expectedFulfilments: 0,
  };
  return reconsider(
    withClient(state, name, {
      subscriptions: { ...client.subscriptions, [subscription]: begun },
      queries: { ...client.queries, [subscription]: query },
    }),
    name,
  );
}

/** Final and idempotent (Q4). */
export function unsubscribe(state: State, name: ClientName, subscription: string): State {
  const { [subscription]: _gone, ...rest } = clientOf(state, name).subscriptions;
  return withClient(state, name, { subscriptions: rest });
}

function withSubscription(state: State, name: ClientName, subscription: string, change: Partial<Subscription>): State {
  const client = clientOf(state, name);
  const present = client.subscriptions[subscription];
  if (present === undefined) return state;
  return withClient(state, name, { subscriptions: { ...client.subscriptions, [subscription]: { ...present, ...change } } });
}

/** The server's answer replaces what the query held; the first of a session is told even if nothing differs (Q6). */
export function answer(state: State, name: ClientName, connection: number, subscription: string, version: number): State {
  const present = clientOf(state, name).subscriptions[subscription];
  if (present === undefined) return state;
  const isFirst = !present.fulfilled;
  const replaced = withSubscription(state, name, subscription, {
    held: { version },
    answeredOn: connection,
    fulfilled: true,
    expectedFulfilments: present.expectedFulfilments + (isFirst ? 1 : 0),
  });
  return reconsiderOne(replaced, name, subscription, isFirst);
}

export function advanceSome(state: State, name: ClientName, connection: number, subscriptions: readonly string[], version: number): State {
  const advanced = subscriptions.reduce((before, subscription) => advance(before, name, connection, subscription, version), state);
  return reconsider(advanced, name);
}

export function advanceAll(state: State, name: ClientName, connection: number, version: number): State {
  return advanceSome(state, name, connection, Object.keys(clientOf(state, name).subscriptions), version);
}

function advance(state: State, name: ClientName, connection: number, subscription: string, version: number): State {
  const present = clientOf(state, name).subscriptions[subscription];
  if (present === undefined || present.answeredOn !== connection || present.held === null) return state;
  if (version < present.held.version) {
    return reject(
      'Q2',
      'version went back',
      `${subscription} of ${name} went back in time`,
      [`a version ≥ ${present.held.version}`],
      `version ${version}`,
    );
  }
  return withSubscription(state, name, subscription, { held: { version } });
}

/** Heard: out of the outbox, told once, and pending for a subscription until its version reaches the commit (W1, Q2). */
export function acknowledge(state: State, name: ClientName, sequence: number): State {
  const client = clientOf(state, name);
  const write = client.writes.find((candidate) => candidate.sequence === sequence);
  if (write === undefined || write.acknowledged) return state;
  const writes = client.writes.map((candidate) => (candidate === write ? { ...candidate, acknowledged: true } : candidate));
  const entity = `${write.change.collection}/${write.change.id}`;
  return withClient(state, name, { writes, expectedSyncs: [...client.expectedSyncs, entity] });
}

/** Recomputes every subscription of a client: what it could show now is one more candidate where it differs. */
export function reconsider(state: State, name: ClientName): State {
  return Object.keys(clientOf(state, name).subscriptions).reduce(
    (before, subscription) => reconsiderOne(before, name, subscription, false),
    state,
  );
}

function reconsiderOne(state: State, name: ClientName, subscription: string, forced: boolean): State {
  const client = clientOf(state, name);
  const present = client.subscriptions[subscription];
  if (present === undefined) return state;
  const rows = resultNow(state, client, present);
  const last = present.candidates.at(-1) ?? present.shown;
  if (last !== null && !forced && sameRows(last.rows, rows)) return state;
  const candidate: Candidate = {
    rows,
    fulfilled: present.fulfilled,
    forced: forced || (last?.forced === true && present.candidates.length > 0),
  };
  return withSubscription(state, name, subscription, { candidates: [...present.candidates, candidate] });
}

/** Shown = order(filter(held rows at version v + own pending writes)) (Q2). */
export function resultNow(state: State, client: ClientState, subscription: Subscription): readonly Row[] {
  const shown = overlay(heldRows(state, subscription), pendingFor(client, subscription));
  return resultOf(subscription.query, rowsOf(shown, subscription.query.collection));
}

/** The rows of the last answer: what satisfies the query at that version. */
export function heldRows(state: State, subscription: Subscription): Rows {
  if (subscription.held === null) return {};
  const all = state.server.versions[subscription.held.version] ?? {};
  const mine = Object.entries(all).filter(
    ([key, stored]) => key.startsWith(`${subscription.query.collection}/`) && satisfiesAll(stored.row, subscription.query.where),
  );
  return Object.fromEntries(mine);
}

export function pendingFor(client: ClientState, subscription: Subscription): readonly Write[] {
  return client.writes.filter((write) => {
    if (subscription.held === null) return !subscription.ignoredSequences.includes(write.sequence);
    if (subscription.ignoredSequences.includes(write.sequence)) return false;
    return write.committed === null || write.committed > subscription.held.version;
  });
}

export function overlay(rows: Rows, writes: readonly Write[]): Rows {
  return writes.reduce((before, write) => apply(before, write.change), rows);
}

export function sameRows(left: readonly Row[], right: readonly Row[]): boolean {
  return left.length === right.length && left.every((row, index) => sameRow(row, right[index]));
}

function sameRow(left: Row, right: Row | undefined): boolean {
  if (right === undefined) return false;
  const attributes = Object.keys(left);
  return (
    attributes.length === Object.keys(right).length &&
    attributes.every((attribute) => attribute in right && sameValue(left[attribute], right[attribute]))
  );
}

function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  if (!isSet(left) || !isSet(right)) return left === right;
  return left.length === right.length && left.every((member, index) => member === right[index]);
}
