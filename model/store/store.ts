/** What a client's storage keeps and loses: `clear()`, and a crash with a restart (K1, K2). */
import type { ClientName } from '../actions.ts';
import { newClient } from '../beginning.ts';
import { clientOf, settle, withClient, withConnection } from '../change.ts';
import { reject } from '../rejection.ts';
import { beginAttempt, storeUpdates, unfulfilled } from '../session/session.ts';
import { type ClientState, dialectOf, type Kept, type State, type Subscription, type Write } from '../state.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';

/** Data, cache and outbox are gone at once; a live connection makes room for one with the fresh id (K1). */
export function clear(state: State, name: ClientName, promise: string): State {
  const client = clientOf(state, name);
  const epoch = client.epochsBegun + 1;
  const kept: Kept = { epoch: client.epoch, writes: client.writes, cache: client.cache };
  const refused = Object.entries(client.promises).filter(([, known]) => known.sequence !== null && known.outcome === 'open');
  const settled = refused.reduce((before, [key]) => settle(before, name, key, 'WriteDiscardedError'), state);
  const emptied = withClient(settled, name, {
    epoch,
    epochsBegun: epoch,
    writes: [],
    cache: {},
    store: {},
    discarded: { ...client.discarded, [client.epoch]: client.writes },
    clears: [...client.clears, { epoch, before: kept }],
    subscriptions: emptySubscriptions(client),
    promises: { ...clientOf(settled, name).promises, [promise]: { of: 'clear', sequence: null, epoch, outcome: 'open' } },
  });
  return reconsider(dialectOf(state).clearsInPlace ? askAnew(emptied, name) : reconnect(emptied, name), name);
}

function emptySubscriptions(client: ClientState): ClientState['subscriptions'] {
  const emptied: Record<string, Subscription> = {};
  for (const [name, subscription] of Object.entries(client.subscriptions))
    emptied[name] = { ...unfulfilled(subscription), held: null, ignoredSequences: [] };
  return emptied;
}

function reconnect(state: State, name: ClientName): State {
  if (clientOf(state, name).connection === null) return state;
  return beginAttempt(withClient(storeUpdates(state, name), name, { connection: null }), name);
}

/** The connection is kept, and with it the name of the client. */
function askAnew(state: State, name: ClientName): State {
  const { connection, clientIds, epoch } = clientOf(state, name);
  const [known] = Object.values(clientIds);
  const named = known === undefined ? state : withClient(state, name, { clientIds: { ...clientIds, [epoch]: known } });
  return connection === null ? named : withConnection(named, connection, { sentSubscriptions: [] });
}

/** Storage has done it: there is no way back, and the promise resolves. */
export function finishClear(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  const [next, ...later] = client.clears;
  if (next?.epoch !== epoch)
    return reject('K1', 'cleared unasked', `the storage of ${name} was cleared`, [`clear ${next?.epoch ?? 'none'}`], `clear ${epoch}`);
  const promise = Object.keys(client.promises).find((key) => client.promises[key]?.epoch === epoch) ?? null;
  return settle(withClient(state, name, { clears: later }), name, promise, null);
}

/** The process is gone; what storage kept is found again, by a client that has no session yet: of a clear that was not done, nothing, nor of what was heard since (K2). */
export function crash(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const [undone] = client.clears;
  const found: Kept = undone?.before ?? client;
  const decided = client.discarded[found.epoch] ?? found.writes;
  const writes = found.writes
    .filter((write) => write.stored)
    .map((write): Write => ({ ...write, decided: decided.find(({ sequence }) => sequence === write.sequence)?.decided ?? write.decided }));
  const cut = client.connection === null ? state : withConnection(state, client.connection, { openAtClient: false });
  const { knowsRoles, schema, queries, clientIds, discarded, epochsBegun } = client;
  const kept = { queries, clientIds, discarded, epochsBegun, epoch: found.epoch, cache: found.cache, writes };
  return withClient(cut, name, { ...newClient(name, knowsRoles, schema), ...kept });
}
