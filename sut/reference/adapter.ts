/** Our own client and server as a system under test: their public surface, with the world's ports beneath. */
import type { Query } from '../../vocabulary/queries.ts';
import { type FetchOptions, type SubscribeOptions, SyncClient } from '../client/client.ts';
import type { ClientTransaction } from '../client/client-transaction.ts';
import type { ResultsInfo } from '../client/live-subscription.ts';
import type { PlainRow } from '../client/schema/collections.ts';
import { collectionsOf } from '../client/schema/plain.ts';
import type {
  ClientEnvironment,
  ClientSettings,
  ServerEnvironment,
  ServerSettings,
  System,
  SystemClient,
  SystemServer,
  TransactionOperation,
} from '../port/system.ts';
import type { PlainSchema } from '../schema/types.ts';
import { createServer } from '../server/server.ts';
import { impostorFrames, nonsense, strangerFrames } from './nonsense.ts';
import { plainRow } from './rows.ts';
import { describeClose, describeConnection } from './words.ts';

function createOwnServer(environment: ServerEnvironment, settings: ServerSettings): SystemServer {
  const { storage, keys, observer, logger, wallClock, timers, random, listener, complete } = environment;
  // Scripts sign secret tokens by whatever keys there are.
  const tokens = { secretTokens: true };
  return createServer({ ...settings, tokens, storage, keys, observer, logger, runtime: { wallClock, timers, random, listener, complete } });
}

/** As scripts call it: what the types of the client refuse is asked for too, so that its own refusal is seen (Q1). */
interface AskedAnything {
  subscribe(
    query: Query,
    onResults: (rows: readonly PlainRow[], info: ResultsInfo) => void,
    onError: (error: Error) => void,
    options: SubscribeOptions,
  ): () => void;
  fetch(query: Query, options: FetchOptions): Promise<readonly PlainRow[]>;
}

function createOwnClient(environment: ClientEnvironment, settings: ClientSettings): SystemClient {
  const { transport, storage, logger, wallClock, timers, random } = environment;
  const given = settings.schema;
  const schema = given === undefined ? undefined : collectionsOf(given);
  const client = new SyncClient({ ...settings, schema, transport, storage, logger, runtime: { wallClock, timers, random } });

  const asked: AskedAnything = client;

  /** The very one that the client hashes and says, so that whatever became of it shows. Its roles are those of `settings.roles`, if any. */
  function schemaNow(): PlainSchema | undefined {
    const said = client.getPlainSchema();
    return said === undefined || given === undefined ? said : { ...said, roles: given.roles };
  }

  return {
    startSession: (token, connect, refreshOptions) => client.startSession(token, connect, refreshOptions),
    updateSessionToken: (token) => client.updateSessionToken(token),
    endSession: () => client.endSession(),
    connect: () => client.connect(),
    disconnect: () => client.disconnect(),
    status: () => client.connectionStatus,
    token: () => client.token,
    subscribe: (name, query, handlers) =>
      asked.subscribe(
        query,
        (rows, info) => handlers.onResults(given === undefined ? rows : rows.map(plainRow), info),
        (error) => handlers.onError(error),
        { onRemoteFulfilled: () => handlers.onRemoteFulfilled(), subscriptionName: name },
      ),
    fetch: async (name, query) => {
      const rows = await asked.fetch(query, { subscriptionName: name });
      return given === undefined ? rows : rows.map(plainRow);
    },
    insert: (collection, row) => client.insert(collection, row),
    update: (collection, id, changes) => client.update(collection, id, changes),
    delete: (collection, id) => client.delete(collection, id),
    transact: (operations) =>
      client.transact((transaction) => {
        for (const operation of operations) perform(transaction, operation);
      }),
    clear: () => client.clear(),
    pendingWrites: () => client.pendingWrites,
    heldWrites: () => client.heldWrites,
    schema: schemaNow,
    onStatusChange: (callback) => {
      client.onConnectionStatusChange(callback);
    },
    onSessionError: (callback) => {
      client.onSessionError(({ type }) => callback(type));
    },
    onEntitySyncSuccess: (collection, id, callback) => {
      client.onEntitySyncSuccess(collection, id, callback);
    },
    onEntitySyncError: (collection, id, callback) => {
      client.onEntitySyncError(collection, id, (error) => callback(error));
    },
    onFailureToSyncWrites: (callback) => {
      client.onFailureToSyncWrites((error) => callback(error));
    },
    onPendingWritesChange: (callback) => {
      client.onPendingWritesChange(callback);
    },
    onLogReplaced: (callback) => {
      client.onLogReplaced(callback);
    },
  };
}

function perform(transaction: ClientTransaction, operation: TransactionOperation): void {
  switch (operation.do) {
    case 'insert':
      transaction.insert(operation.collection, operation.row);
      return;
    case 'update':
      transaction.update(operation.collection, operation.id, operation.changes);
      return;
    case 'delete':
      transaction.delete(operation.collection, operation.id);
      return;
  }
}

export const ownSystem: System = {
  name: 'own',
  createServer: createOwnServer,
  createClient: createOwnClient,
  describeConnection,
  describeClose,
  nonsense,
  strangerFrames,
  impostorFrames,
};
