/** Our own client and server as a system under test: their public surface, with the world's ports beneath. */
import { TriplitClient } from './client/client.ts';
import { describeClose, describeConnection } from './own-words.ts';
import { createServer } from './server/server.ts';
import type { ClientEnvironment, ClientSettings, ServerEnvironment, ServerSettings, System, SystemClient, SystemServer } from './system.ts';

function createOwnServer(environment: ServerEnvironment, settings: ServerSettings): SystemServer {
  const { storage, keys, observer, logger, wallClock, timers, listener, complete } = environment;
  return createServer({ ...settings, storage, keys, observer, logger, runtime: { wallClock, timers, listener, complete } });
}

function createOwnClient(environment: ClientEnvironment, settings: ClientSettings): SystemClient {
  const { transport, storage, logger, wallClock, timers, random } = environment;
  const client = new TriplitClient({ ...settings, transport, storage, logger, runtime: { wallClock, timers, random } });
  return {
    startSession: (token, connect, refreshOptions) => client.startSession(token, connect, refreshOptions),
    updateSessionToken: (token) => client.updateSessionToken(token),
    endSession: () => client.endSession(),
    connect: () => client.connect(),
    disconnect: () => client.disconnect(),
    status: () => client.connectionStatus,
    token: () => client.token,
    subscribe: (name, query, handlers) =>
      client.subscribe(
        query,
        (rows, info) => handlers.onResults(rows, info),
        (error) => handlers.onError(error),
        { onRemoteFulfilled: () => handlers.onRemoteFulfilled(), subscriptionName: name },
      ),
    insert: (collection, row) => client.insert(collection, row),
    update: (collection, id, changes) => client.update(collection, id, changes),
    delete: (collection, id) => client.delete(collection, id),
    onStatusChange: (callback) => {
      client.onConnectionStatusChange(callback);
    },
    onSessionError: (callback) => {
      client.onSessionError(({ type }) => callback(type));
    },
    onEntitySyncSuccess: (collection, id, callback) => {
      client.onEntitySyncSuccess(collection, id, callback);
    },
  };
}

export const ownSystem: System = {
  name: 'own',
  createServer: createOwnServer,
  createClient: createOwnClient,
  describeConnection,
  describeClose,
};
