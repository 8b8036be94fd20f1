/**
 * A client's storage that cannot be read (K3): the client does not know who it is, shows nothing of what is kept, and keeps nothing.
 * Whatever needs storage asks it again; the calls that wait for it are taken when it is read, and fail where it fails once more.
 */
import { clientOf, connectionOf, settle, withClient, withConnection } from '../change.ts';
import type { ClientState, Subscription, WaitingCall } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { fetch } from '../subscriptions/fetch.ts';
import { begunSubscription } from '../subscriptions/subscribe.ts';
import { reconsider } from '../subscriptions/subscriptions.ts';
import { write } from '../writes/write.ts';
import { clear } from './clear.ts';
import { foundCache, heldByStorage, noLag } from './lag.ts';

/** The calls that wait fail; a connection that is to say who the client is, is given up as after a network loss. */
export function failLoad(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const { kept, waiting } = client.unread ?? { kept: heldByStorage(client), waiting: [] };
  const unread = withClient(state, name, { unread: { kept, waiting: [] }, writes: [], cache: {}, lag: noLag, heard: null });
  return giveUpUnsaid(
    waiting.reduce((before, call) => settle(before, name, call.promise, 'StorageError'), unread),
    name,
  );
}

function giveUpUnsaid(state: State, name: ClientName): State {
  const { connection } = clientOf(state, name);
  if (connection === null) return state;
  const { saidHello, openAtClient } = connectionOf(state, connection);
  return saidHello || !openAtClient ? state : withConnection(state, connection, { mustGiveUp: 'unread storage' });
}

/** It is read: the client is who it was, live subscriptions begin with what the cache holds, and what waited is taken in its order. */
export function load(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  if (client.unread === null) return reject('K3', 'read again', `${name} read its storage again`, ['nothing'], 'read');
  const { kept, waiting } = client.unread;
  const known: ClientState = { ...client, ...kept, ...foundCache(state, client.schema, kept.cache), unread: null };
  const subscriptions = Object.entries(client.subscriptions).map(([subscription, present]): [string, Subscription] => {
    const { held, ignoredWrites } = begunSubscription(known, present.query);
    return [subscription, { ...present, held, ignoredWrites }];
  });
  const read = reconsider(withClient(state, name, { ...known, subscriptions: Object.fromEntries(subscriptions) }), name);
  return waiting.reduce((before, call) => take(before, name, call), read);
}

function take(state: State, name: ClientName, call: WaitingCall): State {
  switch (call.do) {
    case 'write':
      return write(state, name, call.promise, call.operations, null);
    case 'clear':
      return clear.take(state, name, call);
    case 'fetch':
      return fetch.take(state, name, call);
  }
}
