/** Local writes: which are taken, which reject, and what generation they name (W1, W3, W4, B3). */
import { boundsAtClient, limitExceeded } from '../bounds/bounds.ts';
import { isRowOver, isWriteOver } from '../bounds/write-bounds.ts';
import { clientOf, settle, withClient, withPromise } from '../change.ts';
import type { ClientState } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { ClientName } from '../observations.ts';
import { issuesOfRow } from '../schema/conform.ts';
import type { State } from '../state.ts';
import { waitForStorage } from '../store/waiting.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';
import type { Change, TransactionOperation, Write } from './changes.ts';
import { keyOf } from './log.ts';
import { nextSequence } from './numbers.ts';

/** All of a transaction or nothing: the first operation that fails locally rejects the whole (W4). */
export function write(
  state: State,
  name: ClientName,
  promise: string,
  operations: readonly TransactionOperation[],
  error: string | null,
): State {
  const client = clientOf(state, name);
  // Nobody asks storage for a call that cannot be taken.
  if (client.unread !== null && error !== null) return settle(state, name, promise, error);
  if (client.unread !== null) return waitForStorage(state, name, { do: 'write', promise, operations });
  const key = `${name}:${client.writesMade + 1}`;
  const changes: Change[] = [];
  for (const operation of operations) {
    const change = changeOf(state, client, operation, key, changes);
    if (typeof change === 'string') return settle(state, name, promise, change);
    if (leavesTooMuch(state, client, [...changes, change])) return settle(state, name, promise, limitExceeded);
    const seen = () => state.decisions.rowSeen(state, client, change.collection, change.id, changes);
    if (!state.decisions.isNoWrite(change, seen)) changes.push(change);
  }
  if (changes.length === 0) return settle(state, name, promise, null);
  const written: Write = {
    key,
    epoch: client.epoch,
    sequence: nextSequence(client),
    id: null,
    sent: false,
    changes,
    stored: false,
    decided: null,
    acknowledged: false,
    isRolledBack: false,
    lingers: null,
    waitsAgain: false,
    isUnseen: false,
  };
  const noted = withClient(state, name, { writes: [...client.writes, written], writesMade: client.writesMade + 1 });
  return reconsider(withPromise(noted, name, promise, { write: key }), name);
}

/** The change, or the name of the error with which it fails locally. */
function changeOf(
  state: State,
  client: ClientState,
  operation: TransactionOperation,
  generation: string,
  earlier: readonly Change[],
): Change | string {
  const misfit = misfitOf(client, operation);
  if (misfit !== null) return misfit;
  const bounds = boundsAtClient(state, client.name);
  if (bounds !== null && earlier.length >= bounds.writeOperationsMax) return limitExceeded;
  if (operation.do === 'insert') {
    const { collection, row } = operation;
    if (bounds !== null && isRowOver(bounds, undefined, row)) return limitExceeded;
    return { kind: 'insert', collection, id: row.id, generation, row };
  }
  const { collection, id } = operation;
  const seen = state.decisions.rowSeen(state, client, collection, id, earlier);
  if (seen === undefined) return operation.do === 'delete' ? state.decisions.deleteUnseen(collection, id) : 'EntityNotFoundError';
  if (operation.do === 'update' && bounds !== null && isRowOver(bounds, seen.row, { ...seen.row, ...operation.changes, id }))
    return limitExceeded;
  return operation.do === 'update'
    ? { kind: 'update', collection, id, generation: seen.generation, changes: operation.changes }
    : { kind: 'delete', collection, id, generation: seen.generation };
}

/** Judged by the rows that the client shows (B3). */
function leavesTooMuch(state: State, client: ClientState, changes: readonly Change[]): boolean {
  const bounds = boundsAtClient(state, client.name);
  if (bounds === null) return false;
  const written = [...new Map(changes.map(({ collection, id }) => [keyOf(collection, id), { collection, id }])).values()];
  const left = written.flatMap(({ collection, id }) => state.decisions.rowSeen(state, client, collection, id, changes)?.row ?? []);
  return isWriteOver(bounds, left);
}

/** What a single operation is told before anybody asks storage; null: nothing. */
function errorAtCall({ schema }: ClientState, operation: TransactionOperation): string | null {
  if (schema === null) return null;
  if (!Object.hasOwn(schema.collections, operation.collection)) return 'CollectionNotFoundError';
  return operation.do === 'insert' && issuesOfRow(schema, operation.collection, operation.row).length > 0 ? 'InvalidValueError' : null;
}

/** An operation of its own, outside of a transaction. */
export function writeOne(state: State, name: ClientName, promise: string, operation: TransactionOperation): State {
  const error = errorAtCall(clientOf(state, name), operation);
  return write(state, name, promise, [operation], error);
}

/** A client with a schema looks at what it is given before anything else. */
function misfitOf({ schema }: ClientState, operation: TransactionOperation): string | null {
  if (schema === null) return null;
  const known = entryOf(schema.collections, operation.collection);
  if (known === undefined) return 'CollectionNotFoundError';
  if (operation.do === 'delete') return null;
  const given = operation.do === 'insert' ? operation.row : { ...operation.changes, id: operation.id };
  const issues = issuesOfRow(schema, operation.collection, given);
  const counted = operation.do === 'insert' ? issues : issues.filter((issue) => !issue.endsWith(' missing'));
  return counted.length === 0 ? null : 'InvalidValueError';
}
