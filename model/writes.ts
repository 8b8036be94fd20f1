/** Local writes: which are taken, which reject, and what generation they name (W1, W3). */
import type { ClientName, Command } from './actions.ts';
import { clientOf, settle, withClient } from './change.ts';
import { keyOf, type StoredRow } from './log.ts';
import { reject } from './rejection.ts';
import type { Change, ClientState, State, Write } from './state.ts';
import { heldRows, overlay, pendingFor, reconsider } from './subscriptions.ts';

type WriteCommand = Extract<Command, { readonly do: 'insert' | 'update' | 'delete' }>;

export function write(state: State, name: ClientName, command: WriteCommand): State {
  const client = clientOf(state, name);
  const sequence = client.writes.length + 1;
  const change = changeOf(state, client, command, sequence);
  if (change === null) return settle(state, name, command.promise, 'EntityNotFoundError');
  const promise = { of: command.do, sequence, outcome: 'open' } as const;
  const written = withClient(state, name, {
    writes: [...client.writes, { sequence, change, stored: false, committed: null, acknowledged: false }],
    promises: { ...client.promises, [command.promise]: promise },
  });
  return reconsider(written, name);
}

/** Storage holds the write: from now on it may be sent, and its promise resolves. Stored in order, each once. */
export function keep(state: State, name: ClientName, sequence: number): State {
  const client = clientOf(state, name);
  const next = client.writes.find((candidate) => !candidate.stored);
  if (next?.sequence !== sequence)
    return reject(
      'W1',
      'stored out of order',
      `${name} stored write ${sequence}`,
      [`write ${next?.sequence ?? 'none'}`],
      `write ${sequence}`,
    );
  const writes = client.writes.map((candidate) => (candidate === next ? { ...candidate, stored: true } : candidate));
  const [promise] = Object.keys(client.promises).filter((key) => client.promises[key]?.sequence === sequence);
  return settle(withClient(state, name, { writes }), name, promise ?? null, null);
}

function changeOf(state: State, client: ClientState, command: WriteCommand, sequence: number): Change | null {
  if (command.do === 'insert') {
    return {
      kind: 'insert',
      collection: command.collection,
      id: command.row.id,
      generation: `${client.name}:${sequence}`,
      row: command.row,
    };
  }
  const { collection, id } = command;
  const seen = rowSeen(state, client, collection, id);
  if (seen === undefined) return null;
  const { generation } = seen;
  return command.do === 'update'
    ? { kind: 'update', collection, id, generation, changes: command.changes }
    : { kind: 'delete', collection, id, generation };
}

/**
 * The row that an update or delete sees (W3): held by the live subscription with the highest version, under the writes
 * pending for it; where none holds it, what the client's own pending writes make of nothing.
 */
function rowSeen(state: State, client: ClientState, collection: string, id: string): StoredRow | undefined {
  const key = keyOf(collection, id);
  const subscriptions = Object.values(client.subscriptions).filter((subscription) => subscription.query.collection === collection);
  const holders = subscriptions.filter((subscription) => key in heldRows(state, subscription));
  const [freshest] = [...holders].sort((left, right) => (right.held?.version ?? 0) - (left.held?.version ?? 0));
  if (freshest !== undefined) return overlay(heldRows(state, freshest), pendingFor(client, freshest))[key];
  const pendingSomewhere = new Set<Write>(subscriptions.flatMap((subscription) => pendingFor(client, subscription)));
  return overlay(
    {},
    client.writes.filter((candidate) => !candidate.acknowledged || pendingSomewhere.has(candidate)),
  )[key];
}
