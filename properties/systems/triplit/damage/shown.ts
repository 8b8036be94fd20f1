/** Damage to what a client shows: statuses, session errors, promises, tokens, results, fulfilment, synced writes. */
import type { Status, SubscriptionHandlers, SystemClient } from '../../../../sut/port/system.ts';
import { type Damage, onClients } from './damage.ts';

/** Calls the callback as often as `times` says. */
type Times = (isTurn: () => boolean) => number;
const swallowed: Times = (isTurn) => (isTurn() ? 0 : 1);
const repeated: Times = (isTurn) => (isTurn() ? 2 : 1);

function repeat(times: number, call: () => void): void {
  for (let time = 0; time < times; time += 1) call();
}

function statuses(name: string, times: Times): Damage {
  return onClients(name, (client, isTurn) => ({
    onStatusChange: (callback) => client.onStatusChange((status) => repeat(times(isTurn), () => callback(status))),
  }));
}

function sessionErrors(name: string, times: Times): Damage {
  return onClients(name, (client, isTurn) => ({
    onSessionError: (callback) => client.onSessionError((type) => repeat(times(isTurn), () => callback(type))),
  }));
}

function synced(name: string, times: Times): Damage {
  return onClients(name, (client, isTurn) => ({
    onEntitySyncSuccess: (collection, id, callback) => client.onEntitySyncSuccess(collection, id, () => repeat(times(isTurn), callback)),
  }));
}

const others: Readonly<Record<Status, Status>> = {
  UNINITIALIZED: 'OPEN',
  CONNECTING: 'CLOSED',
  OPEN: 'CLOSING',
  CLOSING: 'OPEN',
  CLOSED: 'CONNECTING',
};

function subscriptions(
  name: string,
  wrap: (handlers: SubscriptionHandlers, isTurn: () => boolean) => Partial<SubscriptionHandlers>,
): Damage {
  return onClients(name, (client, isTurn) => ({
    subscribe: (subscription, query, handlers) => client.subscribe(subscription, query, { ...handlers, ...wrap(handlers, isTurn) }),
  }));
}

type Settle = <Result>(promise: Promise<Result>, isTurn: () => boolean) => Promise<Result | undefined>;

function promises(name: string, settle: Settle): Damage {
  return onClients(name, (client, isTurn): Partial<SystemClient> => {
    const nothing = async (promise: Promise<void>): Promise<void> => void (await settle(promise, isTurn));
    return {
      startSession: (token, connect, refresh) => nothing(client.startSession(token, connect, refresh)),
      updateSessionToken: (token) => nothing(client.updateSessionToken(token)),
      endSession: () => nothing(client.endSession()),
      insert: (collection, row) => settle(client.insert(collection, row), isTurn),
      update: (collection, id, changes) => settle(client.update(collection, id, changes), isTurn),
      delete: (collection, id) => settle(client.delete(collection, id), isTurn),
    };
  });
}

export const damagesOfWhatIsShown: readonly Damage[] = [
  statuses('a status is swallowed', swallowed),
  statuses('a status is told twice', repeated),
  onClients('a status is another', (client, isTurn) => ({
    onStatusChange: (callback) => client.onStatusChange((status) => callback(isTurn() ? others[status] : status)),
  })),
  onClients('a status comes after the next', (client, isTurn) => {
    let kept: Status | undefined;
    return {
      onStatusChange: (callback) =>
        client.onStatusChange((status) => {
          if (isTurn()) {
            kept = status;
            return;
          }
          callback(status);
          if (kept !== undefined) callback(kept);
          kept = undefined;
        }),
    };
  }),
  sessionErrors('a session error is swallowed', swallowed),
  sessionErrors('a session error is told twice', repeated),
  onClients('a session error is another', (client, isTurn) => ({
    onSessionError: (callback) => client.onSessionError((type) => callback(isTurn() ? 'ROLES_MISMATCH' : type)),
  })),
  onClients('a session error is invented', (client, isTurn) => {
    let tell: (type: string) => void = () => {};
    return {
      onSessionError: (callback) => {
        tell = callback;
        client.onSessionError(callback);
      },
      onStatusChange: (callback) =>
        client.onStatusChange((status) => {
          callback(status);
          if (isTurn()) tell('UNAUTHORIZED');
        }),
    };
  }),
  promises('what rejects resolves', async (promise, isTurn) => {
    try {
      return await promise;
    } catch (problem) {
      if (isTurn()) return undefined;
      throw problem;
    }
  }),
  promises('what resolves rejects', async (promise, isTurn) => {
    const result = await promise;
    if (isTurn()) throw new Error('damaged');
    return result;
  }),
  promises('what settles never does', (promise, isTurn) => (isTurn() ? new Promise<never>(() => {}) : promise)),
  onClients('a token is not told', (client, isTurn) => ({ token: () => (isTurn() ? undefined : client.token()) })),
  onClients('another token is told', (client, isTurn) => {
    let former: string | undefined;
    return {
      token: () => {
        const token = client.token();
        const told = isTurn() && former !== undefined ? former : token;
        former = token === former ? former : (token ?? former);
        return told;
      },
      startSession: (token, connect, refresh) => {
        former = client.token();
        return client.startSession(token, connect, refresh);
      },
    };
  }),
  subscriptions('a result is swallowed', ({ onResults }, isTurn) => ({
    onResults: (rows, info) => (isTurn() ? undefined : onResults(rows, info)),
  })),
  subscriptions('a row is missing', ({ onResults }, isTurn) => ({
    onResults: (rows, info) => onResults(rows.length > 0 && isTurn() ? rows.slice(1) : rows, info),
  })),
  subscriptions('a row stands twice', ({ onResults }, isTurn) => ({
    onResults: (rows, info) => onResults(rows.length > 0 && isTurn() ? [...rows, ...rows.slice(0, 1)] : rows, info),
  })),
  subscriptions('a value is another', ({ onResults }, isTurn) => ({
    onResults: (rows, info) => onResults(rows.length > 0 && isTurn() ? rows.map((row) => ({ ...row, text: 'damaged' })) : rows, info),
  })),
  subscriptions('a result is the former', ({ onResults }, isTurn) => {
    let former: Parameters<typeof onResults>[0] = [];
    return {
      onResults: (rows, info) => {
        const told = isTurn() ? former : rows;
        former = rows;
        onResults(told, info);
      },
    };
  }),
  subscriptions('fulfilment is swallowed', ({ onRemoteFulfilled }, isTurn) => ({
    onRemoteFulfilled: () => (isTurn() ? undefined : onRemoteFulfilled()),
  })),
  subscriptions('fulfilment is told twice', ({ onRemoteFulfilled }, isTurn) => ({
    onRemoteFulfilled: () => repeat(repeated(isTurn), onRemoteFulfilled),
  })),
  subscriptions('fulfilment comes with the first result', ({ onResults, onRemoteFulfilled }, isTurn) => ({
    onResults: (rows, info) => {
      onResults(rows, info);
      if (isTurn()) onRemoteFulfilled();
    },
  })),
  synced('a synced write is swallowed', swallowed),
  synced('a synced write is told twice', repeated),
];
