/** The published client as a system under test: its public surface as plain data, on the ports of one process of the world. */

import { lackingClient } from '../port/client.ts';
import type { ClientEnvironment, ClientSettings, RefreshOptions, Status, SystemClient, TransactionOperation } from '../port/system.ts';
import type { PlainSchema } from '../schema/types.ts';
import { type Bundle, type Cause, type Process, startProcess } from './process.ts';
import { queryOf, rowsOf, schemaOptionsOf, writableOf } from './shapes.ts';
import { memberOf, newClient, type PublishedClient } from './surface.ts';
import type { TimerKind } from './ticks.ts';
import { errorName, upgradeText } from './words.ts';

export interface ClientParts {
  readonly bundle: Bundle;
  /** The adapter's own name for the client, which stands where other protocols say a client id. */
  readonly clientId: string;
  readonly fetch: (url: string, request: unknown) => Promise<unknown>;
  readonly monotonicNow: () => number;
  /** Stands in where the run has no schema. */
  readonly schema: PlainSchema;
  /** The client holds another write of its own. */
  readonly onStored: () => void;
  /** The client's database has cleared itself. */
  readonly onCleared: () => void;
}

/** The published client names no timer; what it is for is known by its kind and by what the process was doing. */
function timerNameOf(kind: TimerKind, cause: Cause): string {
  if (kind === 'batching') return 'batching';
  if (kind === 'interval') return 'heartbeat';
  return cause === 'close event' ? 'reconnect' : 'refresh';
}

export function createPublishedClient(environment: ClientEnvironment, settings: ClientSettings, parts: ClientParts): SystemClient {
  const { wallClock, timers, transport, random } = environment;
  const process = startProcess(parts.bundle, {
    wallClock,
    monotonicNow: parts.monotonicNow,
    timers,
    seed: random.uuid(),
    transport,
    upgradeText: (url) => upgradeText(parts.clientId, url),
    fetch: parts.fetch,
    timerNameOf,
  });
  const client = process.enter(() =>
    newClient(process.exports, {
      serverUrl: settings.serverUrl.replace(/^ws/u, 'http'),
      autoConnect: false,
      ...(settings.claimsPath !== undefined && { claimsPath: settings.claimsPath }),
      ...schemaOptionsOf(settings.schema ?? parts.schema, settings.roles),
    }),
  );
  return surfaceOf(client, process, settings, parts);
}

type Kept = Pick<ClientParts, 'onStored' | 'onCleared'>;

function surfaceOf(client: PublishedClient, { enter }: Process, settings: ClientSettings, { onStored, onCleared }: Kept): SystemClient {
  const stored = (write: () => Promise<unknown>): Promise<void> => enter(write).then(onStored);
  return {
    ...lackingClient,
    startSession: (token, connect, refresh) => enter(() => nothingOf(client.startSession(token, connect, refreshOptionsOf(refresh)))),
    updateSessionToken: (token) => enter(() => nothingOf(client.updateSessionToken(token))),
    endSession: () => enter(() => nothingOf(client.endSession())),
    connect: () => enter(() => void client.connect()),
    disconnect: () => enter(() => void client.disconnect()),
    status: () => statusOf(client.connectionStatus),
    token: () => (typeof client.token === 'string' ? client.token : undefined),
    subscribe: (_name, query, handlers) =>
      enter(() => {
        const unsubscribe = client.subscribe(
          queryOf(query),
          // Whether the server has answered is told by `onRemoteFulfilled` alone.
          (rows) => handlers.onResults(rowsOf(rows), { hasRemoteFulfilled: false }),
          (error) => handlers.onError(errorOf(error)),
          { onRemoteFulfilled: () => handlers.onRemoteFulfilled() },
        );
        return () => enter(unsubscribe);
      }),
    insert: (collection, row) => stored(() => client.insert(collection, writableOf(row))),
    update: (collection, id, changes) => stored(() => client.update(collection, id, (row) => void Object.assign(row, writableOf(changes)))),
    delete: (collection, id) => stored(() => client.delete(collection, id)),
    transact: (operations) => stored(() => transact(client, operations)),
    clear: () => enter(() => client.clear()).then(onCleared),
    // It is told asynchronously only; not compared.
    schema: () => settings.schema,
    onStatusChange: (callback) => void client.onConnectionStatusChange((status) => callback(statusOf(status))),
    onSessionError: (callback) => void client.onSessionError((type) => callback(String(type))),
    onEntitySyncSuccess: (collection, id, callback) => void client.onEntitySyncSuccess(collection, id, callback),
    onEntitySyncError: (collection, id, callback) => void client.onEntitySyncError(collection, id, (error) => callback(errorOf(error))),
    onFailureToSyncWrites: (callback) =>
      void client.onFailureToSyncWrites((error, writes) => {
        callback(errorOf(error));
        return undo(client, writes);
      }),
  };
}

/** What was refused stays in the outbox there until whoever is told undoes it, entity by entity (_Event listeners_). */
async function undo(client: PublishedClient, writes: unknown): Promise<void> {
  const entities = Object.entries(typeof writes === 'object' && writes !== null ? writes : {}).flatMap(
    ([collection, change]: [string, unknown]) =>
      [...keysOf(memberOf(change, 'sets')), ...keysOf(memberOf(change, 'deletes'))].map((id) => ({ collection, id })),
  );
  // All at once: what is left of them is sent again as soon as one of them is undone.
  await Promise.all(entities.map(({ collection, id }) => client.clearPendingChangesForEntity(collection, id)));
}

/** Of a map, or the members of a set. */
function keysOf(table: unknown): readonly string[] {
  return table instanceof Map || table instanceof Set ? [...table.keys()].map(String) : [];
}

async function nothingOf(promise: Promise<unknown>): Promise<void> {
  await promise;
}

function refreshOptionsOf(refresh: RefreshOptions | undefined): object | undefined {
  return refresh === undefined ? undefined : { ...refresh };
}

function transact(client: PublishedClient, operations: readonly TransactionOperation[]): Promise<unknown> {
  return client.transact(async (transaction) => {
    for (const operation of operations) {
      switch (operation.do) {
        case 'insert':
          await transaction.insert(operation.collection, writableOf(operation.row));
          break;
        case 'update':
          await transaction.update(operation.collection, operation.id, (row) => void Object.assign(row, writableOf(operation.changes)));
          break;
        case 'delete':
          await transaction.delete(operation.collection, operation.id);
          break;
      }
    }
  });
}

const statuses: readonly Status[] = ['UNINITIALIZED', 'CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

function statusOf(status: unknown): Status {
  const known = statuses.find((candidate) => candidate === status);
  if (known === undefined) throw new TypeError(`a status of which nothing is known: ${String(status)}`);
  return known;
}

/** Errors reach callbacks as errors or as what JSON made of them. */
function errorOf(error: unknown): Error {
  if (error instanceof Error) return error;
  const name: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'name') : undefined;
  return Object.assign(new Error(String(error)), { name: typeof name === 'string' ? errorName(name) : 'Error' });
}
