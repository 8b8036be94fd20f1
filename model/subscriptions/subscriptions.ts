/** What each subscription may show, and in which order (Q2, Q3, Q4, Q6): every possible result since the last emission is kept as a candidate. */
import type { Query } from '../../vocabulary/queries.ts';
import type { Row, Value } from '../../vocabulary/values.ts';
import type { ClientName } from '../actions.ts';
import { clientOf, connectionOf, withClient, withConnection } from '../change.ts';
import { reject } from '../rejection.ts';
import {
  type Candidate,
  type Change,
  type ClientState,
  dialectOf,
  type Held,
  type State,
  type Subscription,
  type Write,
} from '../state.ts';
import { applyAll, keyOf, type Rows, rowsOf } from '../writes/log.ts';
import { isSet, resultOf } from './evaluate.ts';
import { storeAcknowledged, storeAnswer, storedRows, storeUpdate } from './one-store.ts';
import { windowOf } from './window.ts';

export function subscribe(state: State, name: ClientName, subscription: string, query: Query): State {
  const client = clientOf(state, name);
  const begun: Subscription = {
    query,
    held: client.cache[textOf(query)] ?? null,
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

/** A query as written: what the cache goes by (Q2). */
function textOf({ collection, where, order, limit, after }: Query): string {
  return JSON.stringify([collection, where, order, limit ?? null, after === undefined ? null : [after.values, after.id]]);
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
  const { answersUnderWay } = connectionOf(state, connection);
  const [told] = answersUnderWay.filter((candidate) => candidate.subscription === subscription && candidate.held.version === version);
  const taken = withConnection(state, connection, { answersUnderWay: answersUnderWay.filter((candidate) => candidate !== told) });
  const present = clientOf(taken, name).subscriptions[subscription];
  if (told === undefined) return taken;
  if (present === undefined) {
    const query = clientOf(taken, name).queries[subscription];
    return query !== undefined && dialectOf(state).keepsOneStore ? reconsider(storeAnswer(taken, name, query, told.held), name) : taken;
  }
  const isFirst = !present.fulfilled;
  const stored = dialectOf(state).keepsOneStore ? storeAnswer(taken, name, present.query, told.held) : taken;
  const replaced = withHeld(stored, name, subscription, told.held, {
    answeredOn: connection,
    fulfilled: true,
    expectedFulfilments: present.expectedFulfilments + (isFirst ? 1 : 0),
  });
  return dialectOf(state).keepsOneStore ? reconsider(replaced, name) : reconsiderOne(replaced, name, subscription, isFirst);
}

export function advanceSome(state: State, name: ClientName, connection: number, subscriptions: readonly string[], version: number): State {
  const stored = dialectOf(state).keepsOneStore ? storeUpdate(state, name, connection, subscriptions, version) : state;
  const advanced = subscriptions.reduce((before, subscription) => advance(before, name, connection, subscription, version), stored);
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
  return withHeld(state, name, subscription, { ...present.held, version }, {});
}

/** What a subscription holds is what the cache keeps of its query (K2). */
function withHeld(state: State, name: ClientName, subscription: string, held: Held, change: Partial<Subscription>): State {
  const changed = withSubscription(state, name, subscription, { ...change, held });
  const client = clientOf(changed, name);
  const query = client.subscriptions[subscription]?.query;
  return query === undefined ? changed : withClient(changed, name, { cache: { ...client.cache, [textOf(query)]: held } });
}

/** Heard: out of the outbox, told once, and pending for a subscription until its version reaches the commit (W1, Q2). */
export function acknowledge(state: State, name: ClientName, sequence: number): State {
  const client = clientOf(state, name);
  const write = client.writes.find((candidate) => candidate.sequence === sequence);
  if (write === undefined || write.acknowledged) return state;
  const writes = client.writes.map((candidate) => (candidate === write ? { ...candidate, acknowledged: true } : candidate));
  const isKnown = (entity: string): boolean => dialectOf(state).tellsSyncsTogether && client.expectedSyncs.includes(entity);
  const expectedSyncs = [...client.expectedSyncs, ...entitiesOf(write).filter((entity) => !isKnown(entity))];
  const { keepsOneStore } = dialectOf(state);
  return withClient(state, name, { writes, expectedSyncs, ...(keepsOneStore && { store: storeAcknowledged(client.store, write) }) });
}

/** Heard: rolled back as if it had never been, and told once (W4). */
export function rollBack(state: State, name: ClientName, sequence: number, error: string): State {
  const client = clientOf(state, name);
  const write = client.writes.find((candidate) => candidate.sequence === sequence);
  if (write === undefined || write.acknowledged || write.isRolledBack) return state;
  const writes = client.writes.map((candidate) => (candidate === write ? { ...candidate, isRolledBack: true } : candidate));
  const isKnown = (entity: string | null): boolean =>
    dialectOf(state).refusesTogether && client.expectedFailures.some((expected) => expected.entity === entity && expected.error === error);
  const told = [...entitiesOf(write), null].flatMap((entity) => (isKnown(entity) ? [] : [{ entity, error }]));
  const rolledBack = withClient(state, name, {
    writes,
    expectedFailures: [...client.expectedFailures, ...told],
  });
  return reconsider(rolledBack, name);
}

/** In order of first mention. */
function entitiesOf(write: Write): readonly string[] {
  return [...new Set(write.changes.map((change) => keyOf(change.collection, change.id)))];
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

/** Shown = limit(order(filter(held rows at version v + own pending writes))) (Q2). */
export function resultNow(state: State, client: ClientState, subscription: Subscription): readonly Row[] {
  if (dialectOf(state).keepsOneStore) return resultOf(subscription.query, rowsOf(storedRows(client), subscription.query.collection));
  const shown = overlay(heldRows(state, subscription), changesOf(pendingFor(client, subscription)));
  return resultOf(subscription.query, rowsOf(shown, subscription.query.collection));
}

/** The rows of the last answer: what the query and the permit let through at that version. */
export function heldRows(state: State, { query, held }: Pick<Subscription, 'query' | 'held'>): Rows {
  return held === null ? {} : windowOf(query, held.permit, state.server.versions[held.version] ?? {});
}

export function pendingFor(client: ClientState, subscription: Subscription): readonly Write[] {
  return client.writes.filter((write) => {
    if (write.isRolledBack || subscription.ignoredSequences.includes(write.sequence)) return false;
    if (subscription.held === null || write.decided === null || write.decided.error !== null) return true;
    return write.decided.version > subscription.held.version;
  });
}

export function changesOf(writes: readonly Write[]): readonly Change[] {
  return writes.flatMap((write) => write.changes);
}

export function overlay(rows: Rows, changes: readonly Change[]): Rows {
  return applyAll(rows, changes);
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
