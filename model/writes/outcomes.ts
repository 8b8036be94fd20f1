/** What a client hears of its own writes, and tells its user: each acknowledgement and each rejection once (W1, W4). */
import { clientOf, withClient } from '../change.ts';
import type { ClientState, ExpectedFailure } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { unexpected } from '../rejection.ts';
import type { State } from '../state.ts';
import { answeredNow } from '../store/lag.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';
import { isUnanswered, type Write } from './changes.ts';
import { keyOf } from './log.ts';
import { writeNumbered } from './numbers.ts';

/** Heard: out of the outbox, told once, and pending for a subscription until its version reaches the commit (W1, Q2). */
export function acknowledge(state: State, name: ClientName, sequence: number): State {
  const client = clientOf(state, name);
  const write = writeNumbered(client, sequence);
  if (write === undefined || write.acknowledged) return state;
  const { lag, lingers } = answeredNow(client, write);
  const writes = client.writes.map((candidate) => (candidate === write ? { ...candidate, acknowledged: true, lingers } : candidate));
  const { expectSyncs, withAcknowledged } = state.decisions;
  const expectedSyncs = expectSyncs(client.expectedSyncs, entitiesOf(write));
  const acknowledged = withClient(state, name, { writes, lag, expectedSyncs, ...withAcknowledged(client, write) });
  // Pending until now for those that hold it too (K3).
  return write.waitsAgain ? reconsider(acknowledged, name) : acknowledged;
}

/** Heard: rolled back as if it had never been, and told once (W4). */
export function rollBack(state: State, name: ClientName, sequence: number, error: string): State {
  const client = clientOf(state, name);
  const write = writeNumbered(client, sequence);
  if (write === undefined || !isUnanswered(write)) return state;
  const { lag, lingers } = answeredNow(client, write);
  const writes = client.writes.map((candidate) => (candidate === write ? { ...candidate, isRolledBack: true, lingers } : candidate));
  const told = [...entitiesOf(write), null].map((entity) => ({ entity, error }));
  const expectedFailures = state.decisions.expectFailures(client.expectedFailures, told);
  return reconsider(withClient(state, name, { writes, lag, expectedFailures }), name);
}

/** In order of first mention. */
export function entitiesOf(write: Write): readonly string[] {
  return [...new Set(write.changes.map((change) => keyOf(change.collection, change.id)))];
}

/** Whether an acknowledgement was to be told (W1). */
export function syncTold(state: State, client: ClientState, entity: string): State {
  const at = client.expectedSyncs.indexOf(entity);
  if (at < 0) return unexpected(client, 'W1', 'onEntitySyncSuccess', ['no acknowledgement']);
  return withClient(state, client.name, { expectedSyncs: client.expectedSyncs.filter((_entity, index) => index !== at) });
}

/** Entity by entity in order of first mention, then the write as a whole (W4). */
export function failureTold(state: State, client: ClientState, told: ExpectedFailure): State {
  const at = state.decisions.failureTold(client.expectedFailures, told);
  if (at >= 0)
    return withClient(state, client.name, { expectedFailures: client.expectedFailures.filter((_failure, index) => index !== at) });
  const [next] = client.expectedFailures;
  const allowed = next === undefined ? 'no rejection' : `${next.entity ?? 'onFailureToSyncWrites'}: ${next.error}`;
  return unexpected(client, 'W4', `${calledBackWith(told)} ${told.error}`, [allowed]);
}

/** The callback that tells of a rejection. */
export function calledBackWith({ entity }: ExpectedFailure): string {
  return entity === null ? 'onFailureToSyncWrites' : 'onEntitySyncError';
}
