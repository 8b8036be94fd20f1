/** What a client's storage keeps when its process dies (K2), and what it holds where it is a copy (K2, W1). */
import type { Schema } from '../../vocabulary/schemas.ts';
import { clientOf, withClient, withConnection } from '../change.ts';
import type { ClientState, Kept } from '../client-state.ts';
import { newClient } from '../new-client.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State, StorageCopy } from '../state.ts';
import type { Write } from '../writes/changes.ts';
import { firstPosition } from '../writes/lineage.ts';
import { foundAgain, foundCache, foundUnder, heldByStorage } from './lag.ts';

/** What storage holds at this moment: of a clear that is not done, nothing, nor of what was heard since (K2); where it failed, what it held (K3). */
function durable(client: ClientState): Kept {
  if (client.unread !== null) return client.unread.kept;
  const nothingYet = client.isJustCleared ? { cache: {}, heard: null } : {};
  const { epoch, writes, cache, heard } = client.clears[0]?.before ?? { ...heldByStorage(client), ...nothingYet };
  return {
    epoch,
    cache,
    heard,
    writes: writes.filter((write) => write.stored).map((write) => (write.epoch === epoch ? foundAgain(write) : write)),
  };
}

/** Whose id it is: the client that took it, and the how-many-eth that was. */
function originOf({ name, origins }: ClientState, epoch: number): string {
  return origins[epoch] ?? `${name}:${epoch}`;
}

/** Somebody copies what the client's storage holds, and keeps the copy. */
export function copyStorage(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const kept = durable(client);
  const copy: StorageCopy = { ...kept, origin: originOf(client, kept.epoch) };
  return { ...state, copies: { ...state.copies, [name]: copy } };
}

/** The process is gone; what its storage holds is found by a client that has no session yet, and perhaps another schema (`upgraded`). `copyOf`: it was replaced by what was copied of that client's. */
export function crash(state: State, name: ClientName, copyOf: ClientName | undefined, upgraded: Schema | null | undefined): State {
  const client = clientOf(state, name);
  const cut = client.connection === null ? state : withConnection(state, client.connection, { openAtClient: false });
  const found = copyOf === undefined ? { ...client, ...durable(client) } : adopted(client, copyNamed(state, copyOf));
  const { knowsRoles, queries, discarded, forkedFrom, writesMade } = client;
  const schema = upgraded === undefined ? client.schema : upgraded;
  const { epoch, epochsBegun, origins, clientIds, heard } = found;
  const { cache, lag } = foundCache(state, schema, found.cache);
  const writes = found.writes.map((write): Write => ({ ...foundUnder(schema, write), sent: true, decided: decidedNow(state, write) }));
  return withClient(cut, name, {
    ...newClient(name, knowsRoles, schema),
    ...{ queries, discarded, forkedFrom, writesMade, epoch, epochsBegun, origins, clientIds, cache, lag, heard, writes },
  });
}

function copyNamed({ copies }: State, copyOf: ClientName): StorageCopy {
  return copies[copyOf] ?? reject('K2', 'no copy', `the storage of ${copyOf} was never copied`, ['a copy'], 'none');
}

/** The client goes on under the id that the copy holds: one that it had itself, or another client's. */
function adopted(client: ClientState, { origin, epoch: copied, writes, cache, heard }: StorageCopy): ClientState {
  const begun = Array.from({ length: client.epochsBegun }, (_each, index) => index + 1);
  const epoch = begun.find((candidate) => originOf(client, candidate) === origin) ?? client.epochsBegun + 1;
  return {
    ...client,
    epoch,
    epochsBegun: Math.max(client.epochsBegun, epoch),
    origins: { ...client.origins, [epoch]: origin },
    cache,
    heard,
    // What was answered under an id that was left before bears no number of this one.
    writes: writes.map((write) => ({ ...write, epoch: write.epoch === copied ? epoch : 0 })),
  };
}

/** The copy may be older than the decision, and the log another one than before (W2). */
export function decidedNow(state: State, { key, decided }: Write): Write['decided'] {
  const { log, decisions } = state.server;
  const decision = Object.values(decisions)
    .flat()
    .find((candidate) => candidate.key === key);
  return decision === undefined ? decided : { ...firstPosition(state, { log, version: decision.version }), error: decision.error };
}
