/** Local writes: which are taken, which reject, and what generation they name (W1, W3, W4). */
import type { Value } from '../../vocabulary/values.ts';
import type { ClientName, Command, TransactionOperation } from '../actions.ts';
import { clientOf, settle, withClient } from '../change.ts';
import { reject } from '../rejection.ts';
import { issuesOfRow } from '../schema/conform.ts';
import { type Change, type ClientState, dialectOf, type State, type Write } from '../state.ts';
import { isSet } from '../subscriptions/evaluate.ts';
import { storedRows } from '../subscriptions/one-store.ts';
import { changesOf, heldRows, overlay, pendingFor, reconsider } from '../subscriptions/subscriptions.ts';
import { anyGeneration, applyAll, keyOf, type StoredRow } from './log.ts';

type WriteCommand = Extract<Command, { readonly do: 'insert' | 'update' | 'delete' | 'transact' }>;

/** All of a transaction or nothing: the first operation that fails locally rejects the whole (W4). */
export function write(state: State, name: ClientName, command: WriteCommand): State {
  const client = clientOf(state, name);
  const sequence = client.writes.length + 1;
  const operations = command.do === 'transact' ? command.operations : [command];
  const changes: Change[] = [];
  for (const operation of operations) {
    const change = changeOf(state, client, operation, sequence, changes);
    if (typeof change === 'string') return settle(state, name, command.promise, change);
    if (dialectOf(state).passesOverNothing && changesNothing(change, rowSeen(state, client, change.collection, change.id, changes)))
      continue;
    changes.push(change);
  }
  if (changes.length === 0) return settle(state, name, command.promise, null);
  const promise = { of: command.do, sequence, outcome: 'open' } as const;
  const written: Write = { sequence, changes, stored: false, decided: null, acknowledged: false, isRolledBack: false };
  const noted = withClient(state, name, {
    writes: [...client.writes, written],
    promises: { ...client.promises, [command.promise]: promise },
  });
  return reconsider(noted, name);
}

/** The change, or the name of the error with which it fails locally. */
function changeOf(
  state: State,
  client: ClientState,
  operation: TransactionOperation,
  sequence: number,
  earlier: readonly Change[],
): Change | string {
  const misfit = misfitOf(client, operation);
  if (misfit !== null) return misfit;
  if (operation.do === 'insert') {
    const { collection, row } = operation;
    return { kind: 'insert', collection, id: row.id, generation: `${client.name}:${client.epoch}:${sequence}`, row };
  }
  const { collection, id } = operation;
  const seen = rowSeen(state, client, collection, id, earlier);
  if (seen === undefined && operation.do === 'delete' && dialectOf(state).deletesUnseen)
    return { kind: 'delete', collection, id, generation: anyGeneration };
  if (seen === undefined) return 'EntityNotFoundError';
  const { generation } = seen;
  return operation.do === 'update'
    ? { kind: 'update', collection, id, generation, changes: operation.changes }
    : { kind: 'delete', collection, id, generation };
}

/** Whether an update leaves no trace: each set that it assigns is empty, as it was. */
function changesNothing(change: Change, seen: StoredRow | undefined): boolean {
  const isEmpty = (value: Value | undefined): boolean => isSet(value) && value.length === 0;
  return (
    change.kind === 'update' &&
    Object.entries(change.changes).every(([attribute, value]) => isEmpty(value) && isEmpty(seen?.row[attribute]))
  );
}

/** A client with a schema looks at what it is given before anything else. */
function misfitOf({ schema }: ClientState, operation: TransactionOperation): string | null {
  if (schema === null) return null;
  const known = schema.collections[operation.collection];
  if (known === undefined) return 'CollectionNotFoundError';
  if (operation.do === 'delete') return null;
  const given = operation.do === 'insert' ? operation.row : { ...operation.changes, id: operation.id };
  const issues = issuesOfRow(schema, operation.collection, given);
  const counted = operation.do === 'insert' ? issues : issues.filter((issue) => !issue.endsWith(' missing'));
  return counted.length === 0 ? null : 'InvalidValueError';
}

/**
 * The row that an update or delete sees (W3): held by the live subscription with the highest version, under the writes
 * pending for it; where none holds it, what the client's own pending writes make of nothing. Earlier operations of the same
 * transaction count as pending.
 */
function rowSeen(state: State, client: ClientState, collection: string, id: string, earlier: readonly Change[]): StoredRow | undefined {
  const key = keyOf(collection, id);
  if (dialectOf(state).keepsOneStore) return applyAll(storedRows(client), earlier)[key];
  const subscriptions = Object.values(client.subscriptions).filter((subscription) => subscription.query.collection === collection);
  const holders = subscriptions.filter((subscription) => key in heldRows(state, subscription));
  const [freshest] = [...holders].sort((left, right) => (right.held?.version ?? 0) - (left.held?.version ?? 0));
  if (freshest !== undefined) return overlay(heldRows(state, freshest), [...changesOf(pendingFor(client, freshest)), ...earlier])[key];
  const pendingSomewhere = new Set<Write>(subscriptions.flatMap((subscription) => pendingFor(client, subscription)));
  const pending = client.writes.filter(
    (candidate) => !candidate.isRolledBack && (!candidate.acknowledged || pendingSomewhere.has(candidate)),
  );
  return overlay({}, [...changesOf(pending), ...earlier])[key];
}

/** Storage holds the write: from now on it may be sent, and its promise resolves. Stored in order, each once. */
export function keep(state: State, name: ClientName, epoch: number, sequence: number): State {
  const client = clientOf(state, name);
  if (epoch !== client.epoch) return keepDiscarded(state, name, epoch, sequence);
  const next = client.writes.find((candidate) => !candidate.stored);
  if (next?.sequence !== sequence)
    return reject(
      'W1',
      'stored out of order',
      `${name} stored write ${sequence}`,
      [`write ${next?.sequence ?? 'none'}`],
      `write ${sequence}`,
    );
  const stored = withClient(state, name, { writes: markStored(client.writes, sequence) });
  return settle(stored, name, promiseOf(client, sequence), null);
}

/** It was under way when `clear()` came: what a crash would bring back then holds it (K1, K2). */
function keepDiscarded(state: State, name: ClientName, epoch: number, sequence: number): State {
  const clears = clientOf(state, name).clears.map((clear) =>
    clear.before.epoch === epoch ? { ...clear, before: { ...clear.before, writes: markStored(clear.before.writes, sequence) } } : clear,
  );
  return withClient(state, name, { clears });
}

function markStored(writes: readonly Write[], sequence: number): readonly Write[] {
  return writes.map((candidate) => (candidate.sequence === sequence ? { ...candidate, stored: true } : candidate));
}

function promiseOf(client: ClientState, sequence: number): string | null {
  return Object.keys(client.promises).find((key) => client.promises[key]?.sequence === sequence) ?? null;
}

/** Storage failed: that write and all that are not kept yet never were (W1). */
export function lose(state: State, name: ClientName, epoch: number, sequence: number): State {
  const client = clientOf(state, name);
  if (epoch !== client.epoch) return state;
  const next = client.writes.find((candidate) => !candidate.stored);
  if (next?.sequence !== sequence)
    return reject(
      'W1',
      'failed out of order',
      `${name} failed to store write ${sequence}`,
      [`write ${next?.sequence ?? 'none'}`],
      `${sequence}`,
    );
  const lost = client.writes.filter((candidate) => candidate.sequence >= sequence);
  const settled = lost.reduce((before, write) => settle(before, name, promiseOf(client, write.sequence), 'StorageError'), state);
  const forgotten = withClient(settled, name, { writes: client.writes.filter((candidate) => candidate.sequence < sequence) });
  return reconsider(forgotten, name);
}
