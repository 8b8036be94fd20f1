/**
 * A published client on real sockets, watched by what the package itself tells: its status, the messages it sends and hears,
 * the outcome of its promises. So it is known when nothing more is to come of what was asked for.
 */

import { queryOf, writableOf } from '../../sut/triplit/shapes.ts';
import { callMember, memberOf, type PublishedClient } from '../../sut/triplit/surface.ts';
import type { Query } from '../../vocabulary/queries.ts';

type Writable = Parameters<typeof writableOf>[0];

export interface WatchedClient {
  readonly client: PublishedClient;
  /** Nothing that was asked for is under way. */
  isAtRest(): boolean;
  /** Messages sent and heard, and sockets opened and closed. */
  steps(): number;
  subscribe(name: string, query: Query): void;
  unsubscribe(name: string): void;
  insert(collection: string, row: Writable & { readonly id: string }): Promise<void>;
  update(collection: string, id: string, changes: Writable): Promise<void>;
  delete(collection: string, id: string): Promise<void>;
}

/** `onChange` is called whenever the client may have come to rest. */
export function watch(client: PublishedClient, onChange: () => void): WatchedClient {
  let steps = 0;
  let isReady = false;
  const unanswered = new Set<string>();
  /** Subscriptions that the server has not answered since they began. */
  const unfulfilled = new Set<string>();
  const unacknowledged = new Set<string>();
  const subscriptions = new Map<string, () => void>();

  const count = (): void => {
    steps += 1;
    onChange();
  };
  client.onConnectionStatusChange((status) => {
    if (status !== 'OPEN') isReady = false;
    unanswered.clear();
    if (status === 'OPEN' || status === 'CLOSED') steps += 1;
    onChange();
  });
  callMember(client, 'onSyncMessageSent', [
    (message: unknown) => {
      const id = textAt(memberOf(message, 'payload'), 'id');
      if (memberOf(message, 'type') === 'CONNECT_QUERY') unanswered.add(id);
      if (memberOf(message, 'type') === 'DISCONNECT_QUERY') unanswered.delete(id);
      count();
    },
  ]);
  callMember(client, 'onSyncMessageReceived', [
    (message: unknown) => {
      const type = memberOf(message, 'type');
      if (type === 'READY') isReady = true;
      if (type === 'ENTITY_DATA') for (const id of textsAt(memberOf(message, 'payload'), 'forQueries')) unanswered.delete(id);
      // What an error is about is not told alike for all: nothing more is waited for.
      if (type === 'ERROR') {
        unanswered.clear();
        unfulfilled.clear();
      }
      count();
    },
  ]);

  /** Waits for the acknowledgement from when the client holds the write on. */
  const written = async (collection: string, id: string, write: () => Promise<unknown>): Promise<void> => {
    const row = `${collection}/${id}`;
    const settled = (): void => {
      unacknowledged.delete(row);
      onChange();
    };
    unacknowledged.add(row);
    client.onEntitySyncSuccess(collection, id, settled);
    client.onEntitySyncError(collection, id, settled);
    await write().catch(settled);
  };

  return {
    client,
    steps: () => steps,
    isAtRest: () => {
      switch (client.connectionStatus) {
        case 'OPEN':
          return isReady && [unanswered, unfulfilled, unacknowledged].every(({ size }) => size === 0);
        case 'CONNECTING':
        case 'CLOSING':
          return false;
        default:
          return true;
      }
    },
    subscribe: (name, query) => {
      subscriptions.get(name)?.();
      const fulfilled = (): void => {
        unfulfilled.delete(name);
        onChange();
      };
      unfulfilled.add(name);
      subscriptions.set(
        name,
        client.subscribe(queryOf(query), () => {}, fulfilled, { onRemoteFulfilled: fulfilled }),
      );
    },
    unsubscribe: (name) => {
      subscriptions.get(name)?.();
      subscriptions.delete(name);
      unfulfilled.delete(name);
      onChange();
    },
    insert: (collection, row) => written(collection, row.id, () => client.insert(collection, writableOf(row))),
    update: (collection, id, changes) =>
      written(collection, id, () => client.update(collection, id, (row) => void Object.assign(row, writableOf(changes)))),
    delete: (collection, id) => written(collection, id, () => client.delete(collection, id)),
  };
}

function textAt(value: unknown, key: string): string {
  return String(memberOf(value, key));
}

function textsAt(value: unknown, key: string): readonly string[] {
  const found = memberOf(value, key);
  return Array.isArray(found) ? found.map(String) : [];
}
