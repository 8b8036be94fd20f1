/** Damage to what a client does: commands that are ignored, refresh handlers, timers. */
import type { RefreshOptions } from '../../../../sut/port/system.ts';
import { type Damage, onClients, onSystem } from './damage.ts';

function refreshing(name: string, wrap: (refresh: RefreshOptions, isTurn: () => boolean) => RefreshOptions | undefined): Damage {
  return onClients(name, (client, isTurn) => ({
    startSession: (token, connect, refresh) =>
      client.startSession(token, connect, refresh === undefined ? undefined : wrap(refresh, isTurn)),
  }));
}

/** `schedule` tells after how many milliseconds the timer fires in truth; null: as it was asked for, whatever cancels it. */
function timers(name: string, kind: string, change: (delayMs: number) => number | null): Damage {
  return onSystem(name, (system, isTurn) => ({
    createClient: (environment, settings) => {
      const { timers: sound } = environment;
      const schedule: typeof sound.schedule = (label, delayMs, callback) => {
        const changedMs = label === kind && isTurn() ? change(delayMs) : delayMs;
        const timer = sound.schedule(label, changedMs ?? delayMs, callback);
        return changedMs === null ? { ...timer, cancel: () => {} } : timer;
      };
      return system.createClient({ ...environment, timers: { ...sound, schedule } }, settings);
    },
  }));
}

export const damagesOfWhatIsDone: readonly Damage[] = [
  onClients('connect() does nothing', (client, isTurn) => ({ connect: () => (isTurn() ? undefined : client.connect()) })),
  onClients('disconnect() does nothing', (client, isTurn) => ({ disconnect: () => (isTurn() ? undefined : client.disconnect()) })),
  onClients('endSession() does nothing', (client, isTurn) => ({ endSession: () => (isTurn() ? Promise.resolve() : client.endSession()) })),
  onClients('updateSessionToken() does nothing', (client, isTurn) => ({
    updateSessionToken: (token) => (isTurn() ? Promise.resolve() : client.updateSessionToken(token)),
  })),
  onClients('startSession() connects where it should not, or the reverse', (client, isTurn) => ({
    startSession: (token, connect, refresh) => client.startSession(token, isTurn() ? !connect : connect, refresh),
  })),
  onClients('startSession() does nothing', (client, isTurn) => ({
    startSession: (token, connect, refresh) => (isTurn() ? Promise.resolve() : client.startSession(token, connect, refresh)),
  })),
  onClients('unsubscribing does nothing', (client, isTurn) => ({
    subscribe: (name, query, handlers) => {
      const unsubscribe = client.subscribe(name, query, handlers);
      return () => (isTurn() ? undefined : unsubscribe());
    },
  })),
  onClients('a write is not made', (client, isTurn) => ({
    insert: (collection, row) => (isTurn() ? Promise.resolve() : client.insert(collection, row)),
  })),
  refreshing('the refresh handler is called twice', (refresh, isTurn) => ({
    ...refresh,
    refreshHandler: () => {
      if (isTurn()) void refresh.refreshHandler();
      return refresh.refreshHandler();
    },
  })),
  refreshing('the refresh handler is forgotten', (refresh, isTurn) => (isTurn() ? undefined : refresh)),
  refreshing('what the refresh handler brings is lost', (refresh, isTurn) => ({
    ...refresh,
    refreshHandler: async () => {
      const token = await refresh.refreshHandler();
      return isTurn() ? null : token;
    },
  })),
  timers('a reconnect comes early', 'reconnect', (delayMs) => delayMs / 2),
  timers('a reconnect comes late', 'reconnect', (delayMs) => delayMs * 2),
  timers('a reconnect is not cancelled', 'reconnect', () => null),
  timers('a refresh comes early', 'refresh', (delayMs) => delayMs / 2),
  timers('a refresh comes late', 'refresh', (delayMs) => delayMs + 1_500),
  timers('a refresh is not cancelled', 'refresh', () => null),
];
